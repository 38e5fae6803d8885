import type { Linked } from '../../callgraph/linked.ts';
import { classKey, classMates } from '../../callgraph/query/field-stores.ts';
import { callsOf } from '../../callgraph/query/made-by.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import type { Use } from '../kit/use.ts';
import type { Maker } from '../kit/value/made-with.ts';

/** Where functions and classes mention some methods. Each function is searched once. */
interface Mentions {
  readonly first: Map<number, number>;
  readonly inCalls: Map<number, number>;
  readonly inClass: Map<string, readonly number[]>;
}

const mentionsOf = memoizedPair(
  (_linked: Linked, _names: string): Mentions => ({
    first: new Map(),
    inCalls: new Map(),
    inClass: new Map(),
  }),
);

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const old = map.get(key);
  if (old !== undefined) return old;
  const made = make();
  map.set(key, made);
  return made;
}

/** The first mention of one of the methods in a function, or infinity. */
function firstIn(linked: Linked, func: number, names: RegExp): number {
  return remember(mentionsOf(linked, names.source).first, func, () => {
    const code = linked.program.functions[func]?.func.code ?? [];
    const at = code.findIndex((inst) => inst.op === 'member' && names.test(inst.name));
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  });
}

function isIn(linked: Linked, func: number, names: RegExp): boolean {
  return firstIn(linked, func, names) < Number.POSITIVE_INFINITY;
}

/** The first call in a function of another one that mentions one of the methods, or infinity. */
function firstInCalls(linked: Linked, func: number, names: RegExp): number {
  return remember(mentionsOf(linked, names.source).inCalls, func, () => {
    const code = linked.program.functions[func]?.func.code ?? [];
    const at = code.findIndex(
      (inst, value) =>
        inst.op === 'call' &&
        linked
          .targets(func, value)
          .some((target) => target.func !== func && isIn(linked, target.func, names)),
    );
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  });
}

/**
 * Returns the methods of a function's class that access a member whose name matches `names`. If the function is in no
 * class, only the function itself is searched.
 */
export function matesWith(linked: Linked, func: number, names: RegExp): readonly number[] {
  return remember(mentionsOf(linked, names.source).inClass, classKey(linked, func), () =>
    classMates(linked, func).filter((mate) => isIn(linked, mate, names)),
  );
}

/**
 * Whether a connection is encrypted before it is used, because a method whose name matches `names` is called, such as
 * `starttls`. Searches the function, its class, its callers, the functions that it calls before the use, and the code that
 * created the connection (`makers`).
 */
export function isUpgraded(use: Use, makers: readonly Maker[], names: RegExp): boolean {
  const { linked, id } = use.frame;
  if (firstIn(linked, id, names) < use.value || firstInCalls(linked, id, names) <= use.value) return true;
  const others = [...makers, ...callsOf(linked, id).slice(0, 8)];
  return (
    others.some(({ func }) => func !== id && isIn(linked, func, names)) ||
    matesWith(linked, id, names)
      .slice(0, 2)
      .some((mate) => mate !== id)
  );
}
