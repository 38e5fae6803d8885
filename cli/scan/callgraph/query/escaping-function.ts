import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';

/**
 * Whether a function is passed as an argument, and so may have unknown callers. The application of a decorator does not
 * count.
 */
export function isEscapingFunction(linked: Linked, id: number): boolean {
  return escaping(linked).has(id);
}

const escaping = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('call', ({ args, isDecorator }, { id: func }) => {
    if (isDecorator) return;
    for (const arg of args) for (const one of linked.functions(func, arg)) found.add(one);
  });
  return found;
});
