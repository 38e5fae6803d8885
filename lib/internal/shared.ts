import { Misuse } from '../refusal/misuse.ts';
import { copies, shared } from './registry.ts';

export { shared } from './registry.ts';

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
