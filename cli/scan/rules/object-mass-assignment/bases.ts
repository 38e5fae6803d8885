import type { Linked } from '../../callgraph/linked.ts';
import { memoizedPair } from '../../ir/memoized.ts';

const none: ReadonlySet<string> = new Set();

/**
 * The names of the library classes that a class extends, directly or through classes of the project. Each name is without its
 * module.
 */
export const basesOf: (linked: Linked, owner: number) => ReadonlySet<string> = memoizedPair(
  (linked, owner) => {
    const names = [owner, ...linked.ancestors(owner)].flatMap((one) =>
      linked.basesOf(one).filter((base) => typeof base === 'string'),
    );
    return names.length > 0 ? new Set(names) : none;
  },
);
