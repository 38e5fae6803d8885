import type { Dialect } from './dialect.ts';
import { escapePattern } from './escape-pattern.ts';

export const sqlite: Dialect = Object.freeze({
  name: 'sqlite',
  // LIKE has no escape character unless it is named (sqlite.org/lang_expr.html, 5).
  placeholder: (_: number, as: 'value' | 'pattern' | 'json') => (as === 'pattern' ? "? escape '|'" : '?'),
  // A name in double quotes that is no column can be read as text (sqlite.org/quirks.html, 8); one in backticks cannot.
  quoteName: (name: string) => `\`${name.replaceAll('`', '``')}\``,
  writePattern: escapePattern('|'),
  takesLists: false,
  // SQLITE_MAX_VARIABLE_NUMBER since 3.32.
  maxValues: 32_766,
} as const);
