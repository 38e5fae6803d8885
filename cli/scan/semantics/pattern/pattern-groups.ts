import { maxGroups } from '../../budgets/semantics.ts';
import { skipGroup } from './pattern-kinds.ts';

/** The sources of the capturing groups of a regular expression, in order: `(a+)-(b)` -> `a+`, `b`. */
export function groupsIn(source: string): readonly string[] {
  const found: string[] = [];
  for (let i = 0; i < source.length && found.length < maxGroups; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '[') {
      while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
    } else if (source[i] === '(') {
      const begin = /^\((?:\?P?<\w+>)?(?!\?)/.exec(source.slice(i, i + 40))?.[0];
      if (begin !== undefined) found.push(source.slice(i + begin.length, skipGroup(source, i) - 1));
    }
  }
  return found;
}
