import type { Linked } from '../link/linked.ts';

const known = new WeakMap<Linked, ReadonlySet<string>>();

/** All that the files of a program import, as it is written there: `express-session`, `./limits.js`, `flask_limiter`. */
function importsOf(linked: Linked): ReadonlySet<string> {
  const old = known.get(linked);
  if (old) return old;
  const names = new Set<string>();
  for (const { func } of linked.program.functions)
    for (const inst of func.code) if (inst.op === 'import') names.add(inst.specifier);
  known.set(linked, names);
  return names;
}

/** Whether any of them is so named. */
export function hasImport(linked: Linked, name: RegExp): boolean {
  for (const one of importsOf(linked)) if (name.test(one)) return true;
  return false;
}
