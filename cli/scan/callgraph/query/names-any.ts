import { memoizedPair } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import type { Linked } from '../linked.ts';

/**
 * Whether the program, apart from its tests, imports or sets one of these names, such as `TrustedHostMiddleware` or
 * `SERVER_NAME`. A name is set as a shared variable, a member, a key of an object or a keyword argument. Reads of
 * members do not count.
 */
export function namesAny(linked: Linked, names: readonly string[] | undefined): boolean {
  return names !== undefined && find(linked, names);
}

const find = memoizedPair(({ program }: Linked, names: readonly string[]): boolean => {
  const wanted: ReadonlySet<string> = new Set(names);
  const { modules, instructions } = program;
  // Settings of tests do not apply in production.
  const counts = (module: number): boolean => !isTestPath(modules[module]?.path ?? '');
  const isWanted = (name: unknown): boolean => typeof name === 'string' && wanted.has(name);
  return (
    modules.some(({ cells }, module) => counts(module) && cells.some(({ name }) => wanted.has(name))) ||
    instructions.some('import', ({ name }, { module }) => wanted.has(name) && counts(module)) ||
    instructions.some('store', ({ name }, { module }) => wanted.has(name) && counts(module)) ||
    instructions.some('call', ({ names }, { module }) => names?.some(isWanted) === true && counts(module)) ||
    instructions.some('class', ({ names }, { module }) => names.some(isWanted) && counts(module)) ||
    instructions.some('object', ({ keys }, { module }) => keys.some(isWanted) && counts(module)) ||
    instructions.some('store-index', ({ key }, { func, module }) => {
      const inst = func.code[key];
      return inst?.op === 'const' && isWanted(inst.value) && counts(module);
    })
  );
});
