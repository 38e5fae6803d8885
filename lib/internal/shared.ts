import { Misuse } from '../refusal/misuse.ts';

/**
 * State that copies of bulwark in one process share: which objects are safe values, where events go, the current
 * request. A copy of another registry version keeps its own, and `foreign` tells the two apart.
 *
 * The registry hangs on `globalThis` under a symbol. JSON and prototype pollution reach neither symbols nor the
 * WeakSets inside; code in the same process can reach both, and is out of scope (docs/threat-model.md).
 */
const registryVersion = 1;
const key = Symbol.for('bulwark.registry');

/** What every version keeps as it is, so that copies of different versions can tell each other apart. */
interface Copy {
  readonly version: number;
  readonly url: string;
  readonly state: Map<string, unknown>;
}

function copies(): Copy[] {
  const found = Object.getOwnPropertyDescriptor(globalThis, key)?.value as Copy[] | undefined;
  if (found) return found;
  const created: Copy[] = [];
  // Each attribute is named, because a polluted prototype would fill in those that are not.
  Object.defineProperty(globalThis, key, {
    value: created,
    enumerable: false,
    writable: false,
    configurable: false,
  });
  return created;
}

function ownCopy(): Copy {
  const known = copies().find((copy) => copy.version === registryVersion);
  if (known) return known;
  const created: Copy = { version: registryVersion, url: import.meta.url, state: new Map() };
  copies().push(created);
  return created;
}

/** One value a process, whichever copy of this version asks first. */
export function shared<T>(name: string, create: () => T): T {
  const { state } = ownCopy();
  if (!state.has(name)) state.set(name, create());
  return state.get(name) as T;
}

/** A set of trusted objects. Membership cannot be copied, spread, parsed or inherited. */
export interface Brand<T extends object> {
  /** Marks `value` as trusted and gives it back. */
  add(value: T): T;
  /** True for a marked value; throws when another copy of bulwark marked it. */
  has(value: unknown): value is T;
}

export function brand<T extends object>(name: string): Brand<T> {
  const own = shared(`brand:${name}`, () => new WeakSet<object>());
  return {
    add(value) {
      own.add(value);
      return value;
    },
    has(value): value is T {
      if (typeof value !== 'object' || value === null) return false;
      if (own.has(value)) return true;
      const foreign = copies().find((copy) =>
        (copy.state.get(`brand:${name}`) as WeakSet<object> | undefined)?.has(value),
      );
      if (foreign) throw new Misuse('bulwark/two-copies', `They are ${foreign.url} and ${import.meta.url}.`);
      return false;
    },
  };
}
