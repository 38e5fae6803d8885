import { literalText, type Program } from './program.ts';

/** The names of all members that the program assigns anywhere: `user.name = x` and `user['name'] = x` -> `name`. */
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
