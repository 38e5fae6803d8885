import type { ProgramRules } from './program-rules.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { matching, never, path, wholeNumber } from './value-kind.ts';

const glob = matching('a pattern for file names', /^[^\p{Cc}/]{1,255}$/u, 'it is not a pattern of a name');
const amount = matching('a number, with + or - before it', /^[+-]?\d{1,12}[cwbkMG]?$/, 'it is not a number');
const runs = 'runs a program on each file, find(1)';
const writes = 'writes to the file that it names, find(1)';

/**
 * The rules for GNU find 4.9 or later. After `--`, it still reads its expression: `-delete` is an action there, not an option. So only `SafePath`s
 * are starting points, and a value is accepted only after a test that takes it.
 */
export const find: ProgramRules = rulesFromTable({
  name: 'find',
  options: {
    ...{ '-name': glob, '-iname': glob, '-size': amount, '-maxdepth': wholeNumber, '-mindepth': wholeNumber },
    ...{
      '-mtime': amount,
      '-mmin': amount,
      '-atime': amount,
      '-amin': amount,
      '-ctime': amount,
      '-cmin': amount,
    },
    ...{
      '-newer': path,
      '-path': never,
      '-ipath': never,
      '-wholename': never,
      '-regex': never,
      '-iregex': never,
    },
    ...{ '-type': matching('a type', /^[fdl]$/, 'it is not f, d or l'), '-links': amount, '-printf': never },
    ...{
      '-user': never,
      '-group': never,
      '-perm': never,
      '-samefile': never,
      '-lname': never,
      '-regextype': never,
    },
    ...{
      '-newermt': matching('a date', /^\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?$/, 'it is not a date'),
      '-D': never,
    },
  },
  flags: [
    '-P',
    '-H',
    '-xdev',
    '-mount',
    '-depth',
    '-print',
    '-print0',
    '-ls',
    '-prune',
    '-quit',
    '-empty',
    '-not',
    '-a',
    '-o',
  ],
  // An operand is a directory to start from. After a test it would be none, and find reports an error.
  operands: [path],
  forbidden: [
    { option: '-exec', because: runs },
    { option: '-execdir', because: runs },
    { option: '-ok', because: runs },
    { option: '-okdir', because: runs },
    { option: '-delete', because: 'deletes what it finds, find(1)' },
    { option: '-fprint', because: writes },
    { option: '-fprint0', because: writes },
    { option: '-fprintf', because: writes },
    { option: '-fls', because: writes },
    { option: '-files0-from', because: 'reads starting points from a file, find(1)' },
    { option: '-L', because: 'follows links out of the directory, find(1)' },
    { option: '-follow', because: 'follows links out of the directory, find(1)' },
  ],
});
