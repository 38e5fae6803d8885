import type { Pattern } from './dialect.ts';

/** Writes a pattern in which `%`, `_` and the escape character itself stand behind the escape character. */
export function escapePattern(escape: '\\' | '|'): (pattern: Pattern) => string {
  const special = escape === '|' ? /[|%_]/g : /[\\%_]/g;
  return ({ before, text, after }) => before + text.replace(special, `${escape}$&`) + after;
}
