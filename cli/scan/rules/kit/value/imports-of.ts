import type { Linked } from '../../../callgraph/linked.ts';

const known = new WeakMap<Linked, ReadonlySet<string>>();

/** All import specifiers of a program's files, as written: `express-session`, `./limits.js`, `flask_limiter`. */
function importsOf(linked: Linked): ReadonlySet<string> {
  const old = known.get(linked);
  if (old) return old;
  const names = new Set<string>();
  linked.program.instructions.each('import', ({ specifier }) => {
    names.add(specifier);
  });
  known.set(linked, names);
  return names;
}

const answers = new WeakMap<Linked, Map<RegExp, boolean>>();

/** Whether any import matches. The answer is cached. */
export function hasImport(linked: Linked, name: RegExp): boolean {
  let known = answers.get(linked);
  if (!known) {
    known = new Map();
    answers.set(linked, known);
  }
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = [...importsOf(linked)].some((one) => name.test(one));
  known.set(name, found);
  return found;
}
