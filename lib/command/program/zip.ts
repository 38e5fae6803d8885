import { allowed } from '../../refusal/decision.ts';
import { entryName, entryNameWithBrackets } from './entry-name.ts';
import type { ProgramRules, ValuePosition } from './program-rules.ts';
import type { ProgramTable } from './program-table.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { never, path, wholeNumber } from './value-kind.ts';

/** Zip and unzip themselves match file names against `*`, `?` and `[`. */
const pathPattern = {
  allowed: /^[^*?[\]]*$/,
  reason: 'its name has a character that is a pattern to this program',
};

const zipTable: ProgramTable = {
  name: 'zip',
  endOfOptions: {
    marker: '--',
    manual: 'zip(1): "All args after just -- arg are read verbatim as paths and not options" (zip -h2)',
  },
  // Without it, a link is followed, and the archive contains its target.
  fixedArgs: ['-y'],
  pathPattern,
  options: {
    ...{
      '--out': path,
      '--output-file': path,
      '-O': path,
      '-b': path,
      '--temp-path': path,
      '-n': never,
      '-t': never,
    },
    ...{
      '-x': entryName,
      '--exclude': entryName,
      '-i': entryName,
      '--include': entryName,
      '-P': never,
      '-s': wholeNumber,
    },
    ...{ '-tt': never, '--password': never, '-lf': path, '--logfile-path': path, '-Z': never },
  },
  flags: [
    ...[
      '-r',
      '-q',
      '-j',
      '-9',
      '-0',
      '-1',
      '-X',
      '-y',
      '-D',
      '-u',
      '-f',
      '-d',
      '-m',
      '-v',
      '-o',
      '-S',
      '-FS',
      '-nw',
    ],
    ...[
      '--recurse-paths',
      '--quiet',
      '--junk-paths',
      '--no-extra',
      '--symlinks',
      '--no-wild',
      '--update',
      '-rq',
      '-qr',
    ],
  ],
  operands: [path, { ...entryName, paths: true }],
  forbidden: [
    { option: '-T', because: 'runs the program that -TT names on the archive, zip(1)' },
    { option: '-TT', because: 'runs its value as a program, zip(1)' },
    { option: '--test', because: 'runs the program that --unzip-command names, zip(1)' },
    { option: '--unzip-command', because: 'runs its value as a program, zip(1)' },
    { option: '-@', because: 'reads file names from its input, zip(1)' },
    { option: '--names-stdin', because: 'reads file names from its input, zip(1)' },
  ],
};

const strict = rulesFromTable(zipTable);
const adding = rulesFromTable({
  ...zipTable,
  pathPattern: { ...pathPattern, allowed: /^[^*?]*$/ },
  operands: [path, { ...entryNameWithBrackets, paths: true }],
});

/** The rules for Info-ZIP's zip 3.0. After `--`, the name of a file to add may have brackets, as in `photo [1].jpg`. */
export const zip: ProgramRules = {
  ...strict,
  judgeValue: (value, position) => rulesAt(position).judgeValue?.(value, position) ?? allowed,
  writeFile: (file, position) => rulesAt(position).writeFile?.(file, position) ?? file.path,
};

/**
 * Options that only add files: a name is a pattern only if there is no such file, and then it updates entries at most. Others, such as `-d` and
 * `-m`, could delete what it matches.
 */
const addsOnly = /^(?:-[0-9DXjoqrvy]+|--(?:quiet|recurse-paths|junk-paths|no-extra|symlinks))$/;

function rulesAt({ afterEnd, before }: ValuePosition): ProgramRules {
  const end = before.findIndex(({ text, kind }) => kind === 'literal' && text === '--');
  const options = before.slice(0, end).filter(({ text }) => text.startsWith('-'));
  return afterEnd && options.every(({ text }) => addsOnly.test(text)) ? adding : strict;
}

/** The rules for Info-ZIP's unzip 6.0. It has no end of options. */
export const unzip: ProgramRules = rulesFromTable({
  name: 'unzip',
  pathPattern,
  options: { '-d': path, '-x': entryName, '-P': never, '-O': never, '-I': never },
  flags: [
    ...[
      '-l',
      '-t',
      '-p',
      '-c',
      '-q',
      '-o',
      '-n',
      '-j',
      '-v',
      '-Z',
      '-u',
      '-f',
      '-z',
      '-L',
      '-C',
      '-Z1',
      '-1',
      '-qq',
    ],
  ],
  operands: [path, entryName],
  forbidden: [
    { option: '-:', because: 'lets an archive write to ../, unzip(1)' },
    { option: '-K', because: 'keeps set-user-ID bits, unzip(1)' },
    { option: '-X', because: 'restores the owners that an archive names, unzip(1)' },
    { option: '-M', because: 'runs a pager, unzip(1)' },
  ],
});
