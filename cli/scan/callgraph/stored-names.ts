import { literalText, type Program } from './program.ts';

/** All member names that a program stores a value under, by name or by a literal key. */
export function storedNames({ instructions }: Program): ReadonlySet<string> {
  const names = new Set<string>();
  instructions.each('store', ({ name }) => {
    names.add(name);
  });
  instructions.each('store-index', ({ key }, { func }) => {
    const name = literalText(func, key);
    if (name !== undefined) names.add(name);
  });
  return names;
}
