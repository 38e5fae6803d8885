import type { Linked } from '../../../callgraph/linked.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';

/** All import specifiers of a program's files, as written: `express-session`, `./limits.js`, `flask_limiter`. */
const importsOf = memoized((linked: Linked): ReadonlySet<string> => {
  const names = new Set<string>();
  linked.program.instructions.each('import', ({ specifier }) => {
    names.add(specifier);
  });
  return names;
});

/**
 * Whether any file imports a module whose specifier matches. Pass the same `RegExp` object each time, since the result is
 * cached by it.
 */
export const hasImport: (linked: Linked, name: RegExp) => boolean = memoizedPair((linked, name) =>
  [...importsOf(linked)].some((one) => name.test(one)),
);
