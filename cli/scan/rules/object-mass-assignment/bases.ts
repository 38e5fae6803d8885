import type { Linked } from '../../callgraph/linked.ts';

const none: ReadonlySet<string> = new Set();
const known = new WeakMap<Linked, Map<number, ReadonlySet<string>>>();

/** The last names of the library classes that a class extends, itself or by classes of the project. */
export function basesOf(linked: Linked, owner: number): ReadonlySet<string> {
  let all = known.get(linked);
  if (!all) {
    all = new Map();
    known.set(linked, all);
  }
  let found = all.get(owner);
  if (!found) {
    const names = [owner, ...linked.ancestors(owner)].flatMap((one) =>
      linked.basesOf(one).filter((base) => typeof base === 'string'),
    );
    found = names.length > 0 ? new Set(names) : none;
    all.set(owner, found);
  }
  return found;
}
