import type { Dialect } from './dialect.ts';
import { escapePattern } from './escape-pattern.ts';

export const mysql: Dialect = Object.freeze({
  name: 'mysql',
  // Under NO_BACKSLASH_ESCAPES LIKE has no escape character unless it is named, and a backslash between quotes means one
  // thing or the other by that mode: so it is another character.
  placeholder: (_: number, as: 'value' | 'pattern' | 'json') => (as === 'pattern' ? "? escape '|'" : '?'),
  quoteName: (name: string) => `\`${name.replaceAll('`', '``')}\``,
  writePattern: escapePattern('|'),
  takesLists: false,
  // COM_STMT_PREPARE answers with their number in 16 bits.
  maxValues: 65_535,
} as const);
