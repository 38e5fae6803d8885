import type { Linked } from '../../callgraph/linked.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import { blockOf } from '../../ir/block-of.ts';
import { memoized } from '../../ir/memoized.ts';
import { isBehind } from '../../ir/query/control-flow.ts';
import { answerOnce } from '../answer-once.ts';
import type { RouteCall } from './route-calls.ts';
import { mountsOfRouter } from './route-prefixes.ts';

const maxPlaces = 100;

/**
 * Whether a middleware is registered before a route. If different functions register them, compares the order of the calls
 * that lead to these functions from a common caller. Undefined if there is no common caller.
 */
export function isRegisteredBefore(linked: Linked, middleware: Place, route: RouteCall): boolean | undefined {
  const before = aboveOf(linked, middleware);
  const after = aboveOf(linked, route.place);
  const pairs = before.flatMap((one) =>
    after.filter(({ func }) => func === one.func).map((other) => other.value - one.value),
  );
  if (pairs.some((far) => far < 0)) return false;
  return pairs.some((far) => far > 0) ? true : undefined;
}

/** Whether a call runs unconditionally in its function. */
export function isAlwaysDone({ program }: Linked, { func: id, value }: Place): boolean {
  const func = program.functions[id]?.func;
  if (!func) return false;
  const block = blockOf(func, value);
  return func.blocks.every(({ end }, at) => end.kind !== 'return' || isBehind(func, at, block));
}

const above = answerOnce<readonly Place[]>();

/** A place, and the places that lead to it. */
function aboveOf(linked: Linked, from: Place): readonly Place[] {
  return above(linked, `${from.func} ${from.value}`, () => {
    const found = new Map<string, Place>([[`${from.func} ${from.value}`, from]]);
    for (const at of found.values()) {
      if (found.size > maxPlaces) break;
      const callee = calleeOf(linked, at);
      const mounts = callee ? mountsOfRouter(linked, callee) : [];
      for (const one of [...(callersOf(linked).get(at.func) ?? []), ...mounts])
        found.set(`${one.func} ${one.value}`, one);
    }
    return [...found.values()];
  });
}

/** The application or router that a route or a middleware is registered on. */
function calleeOf({ program }: Linked, { func, value }: Place): Place | undefined {
  const code = program.functions[func]?.func.code ?? [];
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' ? { func, value: callee.object } : undefined;
}

/** For each function, the calls of it and the calls that receive it. */
const callersOf = memoized((linked: Linked): ReadonlyMap<number, readonly Place[]> => {
  const found = new Map<number, Place[]>();
  linked.program.instructions.each('call', ({ args }, { id }, value) => {
    const called = linked.targets(id, value).map(({ func }) => func);
    for (const one of new Set([...called, ...args.flatMap((arg) => linked.functions(id, arg))])) {
      const places = found.get(one) ?? [];
      if (places.length < maxPlaces) places.push({ func: id, value });
      found.set(one, places);
    }
  });
  return found;
});
