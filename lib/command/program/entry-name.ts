import type { ValueKind } from './value-kind.ts';

/** A relative name for an entry of an archive: no traversal, no drive, and no pattern characters. */
export const entryName: ValueKind = {
  name: 'the name of an entry',
  paths: false,
  reject: (value) => {
    if (value === '' || value.length > 1_000 || /\p{Cc}/u.test(value))
      return 'it is not the name of an entry';
    if (/[*?[\]\\{}]/.test(value)) return 'it is a pattern';
    if (value.startsWith('/') || value.startsWith('@') || value.includes(':'))
      return 'it is not a relative name';
    return value.split('/').includes('..') ? 'it leads out of the directory' : undefined;
  },
};
