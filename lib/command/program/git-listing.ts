import { fileInRepository, revision } from './git-kinds.ts';
import type { CommandTable } from './program-table.ts';
import { line, matching, never, type ValueKind, wholeNumber } from './value-kind.ts';

/** A date, or a number of days: `2026-12-01`, `2 weeks ago`. */
export const date: ValueKind = matching(
  'a date',
  /^[A-Za-z0-9][A-Za-z0-9 :.,+/-]{0,63}$/,
  'it is not a date',
);

export const listing: CommandTable = {
  options: {
    '-n': wholeNumber,
    '--max-count': wholeNumber,
    '--skip': wholeNumber,
    '--since': date,
    '--after': date,
    '--until': date,
    '--before': date,
    '--author': line,
    '--committer': line,
    '--grep': line,
    '-S': line,
    '-G': line,
    '-U': wholeNumber,
    '--unified': wholeNumber,
    '--abbrev': wholeNumber,
    // Options that name a file to write, or a file of commands to read: never untrusted, even as a SafePath in a repository.
    '--output': never,
    '-O': never,
    '--format': never,
    '--pretty': never,
    '-L': never,
  },
  flags: [
    ...[
      '--oneline',
      '--stat',
      '--numstat',
      '--shortstat',
      '--name-only',
      '--name-status',
      '--patch',
      '-p',
      '-s',
    ],
    ...[
      '--no-patch',
      '--reverse',
      '--all',
      '--branches',
      '--tags',
      '--remotes',
      '--graph',
      '--no-merges',
      '-i',
    ],
    ...['--merges', '--first-parent', '--follow', '--raw', '-z', '--decorate', '--no-color', '--no-ext-diff'],
    ...[
      '--no-textconv',
      '--cached',
      '--staged',
      '--quiet',
      '-q',
      '--minimal',
      '--summary',
      '--text',
      '-a',
      '-w',
    ],
    ...['--ignore-all-space', '--topo-order', '--date-order', '--count', '--no-renames', '--full-index'],
    ...[
      '--fixed-strings',
      '-F',
      '-E',
      '--extended-regexp',
      '--regexp-ignore-case',
      '--no-walk',
      '--merge-base',
    ],
    ...['--end-of-options', '--name-only', '--exit-code', '--boundary', '--parents', '--no-commit-id', '-r'],
  ],
  operands: [revision],
  operandsAfterEnd: [fileInRepository],
};
