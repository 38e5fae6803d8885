import { entryName } from './entry-name.ts';
import type { ProgramRules } from './program-rules.ts';
import type { ProgramTable } from './program-table.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { never, path, wholeNumber } from './value-kind.ts';

const manual = 'GNU tar manual';

const table: ProgramTable = {
  name: 'tar',
  endOfOptions: {
    marker: '--',
    manual: 'Guideline 10 of POSIX, which getopt_long(3) follows: -- ends the options',
  },
  // Without it, `host:file` is a file on another machine, fetched through rsh.
  fixedArgs: ['--force-local', '--no-same-owner', '--no-same-permissions', '--delay-directory-restore'],
  options: {
    ...{ '-f': path, '--file': path, '-C': path, '--directory': path, '--strip-components': wholeNumber },
    ...{ '-T': never, '--files-from': never, '-X': never, '--exclude-from': never, '-g': never, '-b': never },
    ...{
      '--listed-incremental': never,
      '--transform': never,
      '--xform': never,
      '--index-file': never,
      '-L': never,
    },
    ...{
      '--exclude': entryName,
      '--level': wholeNumber,
      '-N': never,
      '--newer': never,
      '--mtime': never,
      '-K': never,
    },
    ...{ '--owner': never, '--group': never, '--mode': never, '-V': never, '--label': never, '-H': never },
  },
  flags: [
    ...[
      '-c',
      '-x',
      '-t',
      '-r',
      '-u',
      '-z',
      '-j',
      '-J',
      '-v',
      '-k',
      '-p',
      '-a',
      '-m',
      '-w',
      '-O',
      '-h',
      '-S',
      '-o',
    ],
    ...[
      '--create',
      '--extract',
      '--list',
      '--gzip',
      '--bzip2',
      '--xz',
      '--zstd',
      '--verbose',
      '--keep-old-files',
    ],
    ...[
      '--to-stdout',
      '--no-recursion',
      '--one-file-system',
      '--numeric-owner',
      '--auto-compress',
      '--overwrite',
    ],
    ...[
      '--wildcards',
      '--no-wildcards',
      '--anchored',
      '--dereference',
      '--null',
      '--append',
      '--update',
      '--get',
    ],
  ],
  operands: [{ ...entryName, paths: true }],
  forbidden: [
    { option: '--checkpoint-action', because: `runs its value as a program, ${manual} 3.8` },
    { option: '--to-command', because: `pipes each file to the program that it names, ${manual} 4.4.3` },
    { option: '--use-compress-program', because: `runs its value as a program, ${manual} 8.1.1` },
    { option: '-I', because: `runs its value as a program, ${manual} 8.1.1` },
    { option: '--rsh-command', because: `runs its value as a program, ${manual} 9.2` },
    { option: '--rmt-command', because: `runs its value as a program, ${manual} 9.2` },
    { option: '--info-script', because: `runs its value as a program, ${manual} 9.6.1` },
    { option: '--new-volume-script', because: `runs its value as a program, ${manual} 9.6.1` },
    { option: '-F', because: `runs its value as a program, ${manual} 9.6.1` },
    { option: '--absolute-names', because: `lets an archive write anywhere, ${manual} 6.10.2` },
    { option: '-P', because: `lets an archive write anywhere, ${manual} 6.10.2` },
    { option: '--absolute-paths', because: `lets an archive write anywhere, ${manual} 6.10.2` },
    { option: '--no-force-local', because: 'reads host:file as a file on another machine' },
    { option: '--no-verbatim-files-from', because: `reads options from a list of names, ${manual} 6.3` },
    { option: '--same-permissions', because: 'keeps the modes in an archive, even set-user-ID' },
    { option: '--same-owner', because: 'gives files the owners that an archive names' },
  ],
};

/** The rules for GNU tar 1.34 or later. Only `SafePath`s are archives and directories; entries have relative names. */
export const tar: ProgramRules = rulesFromTable(table);
