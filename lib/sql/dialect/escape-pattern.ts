import type { Pattern } from './dialect.ts';

/** Writes a pattern in which `%`, `_` and the escape character itself stand behind the escape character. */
export function escapePattern(character: '\\' | '|'): (pattern: Pattern) => string {
  const special = character === '|' ? /[|%_]/g : /[\\%_]/g;
  return ({ before, text, after }) => before + text.replace(special, `${character}$&`) + after;
}
