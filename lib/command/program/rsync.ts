import { entryName } from './entry-name.ts';
import type { ProgramRules } from './program-rules.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { never, path, type ValueKind, wholeNumber } from './value-kind.ts';

/** A name to exclude. `!` clears the names before it, and `+ name` includes one again. */
const excluded: ValueKind = {
  ...entryName,
  name: 'a name to exclude',
  reject: (value) =>
    /^[!+-](?:$|[ ,_])/.test(value) ? 'it is a rule of its own' : entryName.reject?.(value),
};

const runs = 'runs its value as a program, rsync(1)';

/**
 * The rules for rsync 3.2 or later, between local directories. `host:path` and `host::module` are other machines, so only `SafePath`s are
 * operands.
 */
export const rsync: ProgramRules = rulesFromTable({
  name: 'rsync',
  endOfOptions: { marker: '--', manual: 'popt(3), which rsync(1) reads its options by: -- ends them' },
  fixedArgs: ['--no-D', '--protect-args'],
  env: { RSYNC_RSH: '/bin/false', RSYNC_CONNECT_PROG: '/bin/false' },
  options: {
    ...{
      '--exclude': excluded,
      '--include': never,
      '-f': never,
      '--filter': never,
      '--bwlimit': wholeNumber,
    },
    ...{
      '--max-size': wholeNumber,
      '--max-delete': wholeNumber,
      '--timeout': wholeNumber,
      '--backup-dir': path,
    },
    ...{
      '--compare-dest': path,
      '--copy-dest': path,
      '--link-dest': path,
      '--partial-dir': never,
      '-T': path,
    },
    ...{
      '--temp-dir': path,
      '--chmod': never,
      '--chown': never,
      '--out-format': never,
      '--suffix': never,
      '-B': wholeNumber,
    },
    ...{
      '--exclude-from': never,
      '--include-from': never,
      '--files-from': never,
      '--password-file': never,
      '-M': never,
    },
  },
  flags: [
    ...['-a', '-r', '-v', '-z', '-t', '-n', '-u', '-q', '-c', '-i', '-W', '-x', '-S', '-p', '-H', '-m', '-R'],
    ...[
      '--archive',
      '--recursive',
      '--verbose',
      '--delete',
      '--dry-run',
      '--checksum',
      '--times',
      '--no-links',
    ],
    ...[
      '--inplace',
      '--partial',
      '--stats',
      '--ignore-existing',
      '--update',
      '--safe-links',
      '--quiet',
      '--mkpath',
    ],
  ],
  operands: [path],
  forbidden: [
    { option: '-e', because: runs },
    { option: '--rsh', because: runs },
    { option: '--rsync-path', because: runs },
    { option: '--early-input', because: 'passes a file to a program on the other side, rsync(1)' },
    { option: '--daemon', because: 'starts a server, rsync(1)' },
    {
      option: '--config',
      because: 'reads the settings of a server, which can name programs, rsyncd.conf(5)',
    },
    { option: '--remote-option', because: 'sends options to the other side unchecked, rsync(1)' },
    { option: '--log-file', because: 'writes to the file that it names, rsync(1)' },
    { option: '--write-batch', because: 'writes a shell script, rsync(1)' },
    { option: '--read-batch', because: 'writes what a file says, rsync(1)' },
    { option: '-F', because: 'reads filters from each directory, and these name other files, rsync(1)' },
    { option: '-C', because: 'reads filters from each directory, rsync(1)' },
    { option: '--cvs-exclude', because: 'reads filters from each directory, rsync(1)' },
    { option: '-L', because: 'copies what links point to, even outside the directory, rsync(1)' },
    { option: '--copy-links', because: 'copies what links point to, even outside the directory, rsync(1)' },
  ],
});
