import { maxNextCalls } from '../../budgets/dataflow.ts';
import type { BlockId, Func } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { controlFlow } from '../../ir/query/control-flow.ts';
import { isStepOf, type State } from '../../models/api.ts';
import { type Abstract, tainted } from '../domain/abstract.ts';
import { load } from '../domain/entries.ts';
import { taintsInside } from '../domain/inside.ts';
import { join } from '../domain/join.ts';
import type { Origin } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The value that later handlers of a request read from an object that all handlers share, such as the request, after
 * this handler has stored `value` in it at `path`. If this handler may call the next one without the store, the result
 * is the join of `value` and the earlier content. Undefined if no later handler can read the stored value.
 * @param into the object before the store
 */
export function propagatedToHandlers(
  frame: FunctionView,
  { index, path: inside }: Origin & { kind: 'param' },
  into: Abstract,
  path: readonly string[],
  value: Abstract,
): Abstract | undefined {
  if (outliving.has(inside[0] ?? path[0] ?? '')) return value;
  const chain = chainOf(frame, index);
  const next = nextOf(frame.func, chain);
  if (next === undefined) return chain ? undefined : value;
  if (dominatorsOfNext(frame.func, next).has(frame.block)) return value;
  const before = path.reduce((it, name) => load(it, name), into);
  return join(asSent(value), before);
}

/** Members of a request that outlive it, so that a store in them counts even if no handler follows. */
const outliving: ReadonlySet<string> = new Set(['session', 'app', 'socket', 'connection']);

/** The library type that passes this parameter and whose handlers call the next handler. Undefined if there is none. */
function chainOf({ linked, id }: FunctionView, index: number): State | undefined {
  return linked
    .handedTo(id)
    .find(
      ({ traits, params }) =>
        traits.has('calls-next-handler') && params.some((step) => isStepOf(step, index, null)),
    );
}

/**
 * The index of the `next` parameter, by its name or its position. Undefined if there is none. An error handler has the error
 * first.
 */
function nextOf({ params }: Func, chain: State | undefined): number | undefined {
  const named = params.findIndex(({ name }) => /^_?(?:next|done)$/.test(name));
  if (named >= 0) return named;
  if (!chain) return undefined;
  const place = chain.traits.has('next-handler-is-second') ? 1 : params.length > 3 ? 3 : 2;
  return place < params.length ? place : undefined;
}

/** The blocks that dominate every call of the next handler, or every return if this function never calls it. */
const dominatorsOfNext: (func: Func, next: number) => ReadonlySet<BlockId> = memoizedPair((func, next) => {
  const { position, dominator } = controlFlow(func);
  const calls = blocksThatCall(func, next);
  const ends = func.blocks.flatMap(({ end }, block) => (end.kind === 'return' ? [block] : []));
  const leaves = (calls.length > 0 ? calls : ends).filter((block) => (position[block] ?? -1) >= 0);
  let passed: ReadonlySet<BlockId> | undefined;
  for (const leaf of leaves.slice(0, maxNextCalls)) {
    const above = dominatorsOf(dominator, leaf);
    passed = passed ? new Set([...passed].filter((block) => above.has(block))) : above;
  }
  return leaves.length > maxNextCalls ? new Set<BlockId>() : (passed ?? new Set<BlockId>());
});

function dominatorsOf(dominator: readonly BlockId[], block: BlockId): ReadonlySet<BlockId> {
  const above = new Set<BlockId>();
  for (let at = block; at >= 0 && !above.has(at); at = dominator[at] ?? -1) above.add(at);
  return above;
}

function blocksThatCall(func: Func, param: number): readonly BlockId[] {
  return func.blocks.flatMap(({ code }, block) => {
    const isThere = code.some((value) => {
      const inst = func.code[value];
      const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
      return callee?.op === 'param' && callee.index === param;
    });
    return isThere ? [block] : [];
  });
}

/** A copy of a value whose own source taints also apply to its known fields: an attacker may have sent any of them. */
function asSent(value: Abstract): Abstract {
  const sent = value.taints.filter(({ origin, exact }) => exact && origin.kind === 'source');
  if (sent.length === 0 || !value.fields) return value;
  const fields = new Map<string, Abstract>();
  for (const [name, one] of value.fields) fields.set(name, join(one, tainted(taintsInside(sent, name))));
  return { ...value, fields };
}
