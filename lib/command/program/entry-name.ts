import type { ValueKind } from './value-kind.ts';

/** A relative name for an entry of an archive: no traversal, no drive, and no pattern characters. */
export const entryName: ValueKind = {
  name: 'the name of an entry',
  paths: false,
  reject: (value) => whyNoEntry(value, /[*?[\]\\{}]/),
};

/** The same for a program that takes brackets literally at this position. */
export const entryNameWithBrackets: ValueKind = {
  ...entryName,
  reject: (value) => whyNoEntry(value, /[*?\\{}]/),
};

function whyNoEntry(value: string, pattern: RegExp): string | undefined {
  if (value === '' || value.length > 1_000 || /\p{Cc}/u.test(value)) return 'it is not the name of an entry';
  if (pattern.test(value)) return 'it is a pattern';
  if (value.startsWith('/') || value.startsWith('@') || value.includes(':'))
    return 'it is not a relative name';
  return value.split('/').includes('..') ? 'it leads out of the directory' : undefined;
}
