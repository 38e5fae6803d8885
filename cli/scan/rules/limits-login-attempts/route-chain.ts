import { origin } from '../../callgraph/query/called-on.ts';
import type { Call } from '../../ir/ir.ts';
import { isA, type Use } from '../kit/use.ts';

/** The maximum number of chained methods of one route. */
const maxChain = 20;

/**
 * Returns a call that adds a handler, and then the calls before it in the same chain. For the last call of
 * `router.route('/login').all(first).post(login)`: the calls of `post`, `all` and `route`, in this order.
 */
export function chainOf(use: Use, call: Call): readonly Call[] {
  const { frame } = use;
  const chain = [call];
  for (let last = call; chain.length < maxChain; ) {
    const callee = frame.inst(last.callee);
    if (callee.op !== 'member' || !isA(use, callee.object, 'express.Route')) break;
    const { func, value } = origin(frame.linked, { func: frame.id, value: callee.object });
    const before = func === frame.id ? frame.inst(value) : undefined;
    if (before?.op !== 'call') break;
    chain.push(before);
    last = before;
  }
  return chain;
}
