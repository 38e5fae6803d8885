import { isTestPath } from '../../project/path-purpose.ts';
import type { Linked } from '../linked.ts';

const answers = new WeakMap<Linked, Map<readonly string[], boolean>>();

/** Whether a program sets, or imports, something of one of these names: `SERVER_NAME`, `TrustedHostMiddleware`. */
export function namesAny(linked: Linked, names: readonly string[] | undefined): boolean {
  if (!names) return false;
  let known = answers.get(linked);
  if (!known) {
    known = new Map();
    answers.set(linked, known);
  }
  let found = known.get(names);
  if (found === undefined) {
    found = find(linked, new Set(names));
    known.set(names, found);
  }
  return found;
}

function find({ program }: Linked, wanted: ReadonlySet<string>): boolean {
  const { modules, instructions } = program;
  // The settings of tests say nothing of those that count.
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
}
