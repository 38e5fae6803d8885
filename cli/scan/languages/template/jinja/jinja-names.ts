import { variable } from '../template-code.ts';
import { translate } from './jinja-expression.ts';

/**
 * Parses the assignments in a Jinja or Django tag, such as `with`. `a=b c=d` and `a = b, c = d` give the names `a` and `c`
 * with the values `b` and `d`. `b as a` gives the name `a` with the value `b`.
 */
export function entriesOf(text: string): { name: string; value: string }[] {
  const entries: { name: string; value: string }[] = [];
  let at = 0;
  while (at < text.length && entries.length < 50) {
    const named = /[\s,]*([A-Za-z_]\w*)\s*=(?!=)\s*/y;
    named.lastIndex = at;
    const name = named.exec(text)?.[1];
    const { code, end: after } = translate(text, name === undefined ? at : named.lastIndex);
    const as = /\s*as\s+([A-Za-z_]\w*)/y;
    as.lastIndex = after;
    const alias = name ?? as.exec(text)?.[1];
    if (alias !== undefined && !entries.some((entry) => entry.name === variable(alias)))
      entries.push({ name: variable(alias), value: code });
    at = Math.max(after, as.lastIndex, at + 1);
  }
  return entries;
}

/** Returns the variables in an assignment's targets: `a, (b, c)` -> `a`, `b` and `c`. */
export function namesOf(targets: string): string[] {
  return [...new Set(targets.split(/[\s,()]+/).filter((name) => /^[A-Za-z_]\w*$/.test(name)))].map(variable);
}
