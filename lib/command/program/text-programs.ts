import type { ProgramRules } from './program-rules.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { line, matching, never, path, wholeNumber } from './value-kind.ts';

const posix = 'Guideline 10 of POSIX, which getopt_long(3) follows: -- ends the options';

/** The rules for GNU grep 3. A pattern comes after `-e`. With `-F` it is plain text; without, it may be slow on long lines. */
export const grep: ProgramRules = rulesFromTable({
  name: 'grep',
  endOfOptions: { marker: '--', manual: posix },
  options: {
    ...{
      '-e': line,
      '--regexp': line,
      '-m': wholeNumber,
      '-A': wholeNumber,
      '-B': wholeNumber,
      '-C': wholeNumber,
    },
    ...{
      '-f': never,
      '--file': never,
      '--include': never,
      '--exclude': never,
      '--exclude-from': never,
      '--label': never,
    },
    ...{ '--max-count': wholeNumber, '-d': never, '-D': never },
  },
  flags: [
    ...[
      '-F',
      '-E',
      '-G',
      '-i',
      '-v',
      '-w',
      '-x',
      '-c',
      '-l',
      '-L',
      '-q',
      '-s',
      '-o',
      '-n',
      '-H',
      '-h',
      '-r',
      '-a',
      '-I',
      '-z',
    ],
    ...[
      '--fixed-strings',
      '--ignore-case',
      '--count',
      '--line-number',
      '--recursive',
      '--quiet',
      '--only-matching',
    ],
  ],
  operands: [path],
  forbidden: [
    { option: '-R', because: 'follows links out of the directory, grep(1)' },
    { option: '--dereference-recursive', because: 'follows links out of the directory, grep(1)' },
    { option: '-P', because: 'reads the pattern as Perl does, which backtracks, grep(1)' },
    { option: '--perl-regexp', because: 'reads the pattern as Perl does, which backtracks, grep(1)' },
  ],
});

/** The rules for GNU sort 9. */
export const sort: ProgramRules = rulesFromTable({
  name: 'sort',
  endOfOptions: { marker: '--', manual: posix },
  options: {
    ...{
      '-k': matching(
        'a key',
        /^\d{1,4}(?:\.\d{1,4})?[bdfgiMhnRrV]{0,4}(?:,\d{1,4}(?:\.\d{1,4})?[bdfgiMhnRrV]{0,4})?$/,
        'it is not a key',
      ),
      '-o': path,
      '--output': path,
    },
    ...{
      '-t': matching('a sign', /^[\t -~]$/, 'it is not one sign'),
      '-T': path,
      '-S': never,
      '--parallel': wholeNumber,
    },
  },
  flags: [
    '-n',
    '-r',
    '-u',
    '-f',
    '-b',
    '-g',
    '-h',
    '-V',
    '-z',
    '-s',
    '-c',
    '-m',
    '--numeric-sort',
    '--reverse',
    '--unique',
  ],
  operands: [path],
  forbidden: [
    { option: '--compress-program', because: 'runs its value as a program, sort(1)' },
    { option: '--files0-from', because: 'reads file names from a file, sort(1)' },
    { option: '--random-source', because: 'reads the file that it names, sort(1)' },
  ],
});

/** The rules for pdftotext and pdfinfo of poppler. They have no end of options. */
export const pdftotext: ProgramRules = rulesFromTable({
  name: 'pdftotext',
  options: {
    '-f': wholeNumber,
    '-l': wholeNumber,
    '-r': wholeNumber,
    '-upw': never,
    '-opw': never,
    '-enc': never,
  },
  flags: ['-layout', '-raw', '-nopgbrk', '-q', '-htmlmeta', '-bbox', '-isodates'],
  operands: [path],
});
