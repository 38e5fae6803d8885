import type { Call, ValueId } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';
import { lookUp } from '../members.ts';
import type { FuncInfo } from '../program.ts';
import {
  constantOf,
  constantsOf,
  mayDecide,
  successorsOf,
  valuesReached,
  type Walk,
  walk,
} from '../reached-blocks.ts';
import { readsTable, tableRead } from '../table-read.ts';

/**
 * Makes the results of a function flow into a call of it, except those that the call's constant arguments rule out:
 * `create('fixed')` does not get the instance that `create` returns only for `'other'`. Returns false, and adds no flow,
 * if the constants decide no branch or table entry.
 */
export function returnsForConstants(
  linker: Linker,
  caller: FuncInfo,
  inst: Call,
  target: FuncInfo,
  shift: number,
  node: number,
): boolean {
  const { func } = target;
  const successors = inst.spread ? undefined : successorsOf(func);
  if (!successors) return false;
  const known = constantsOf(caller.func, inst, func, shift);
  if (known.size === 0 || !(mayDecide(func, known) || readsTable(func))) return false;
  const way: Way = { linker, target, func, known, edges: new Set(), blocks: new Set([0]), successors, node };
  const isDecided = walk(way);
  if (!isDecided && !readsTable(func)) return false;
  if (func.returns) linker.typeInto(target.module, func.returns, node);
  for (const block of way.blocks) {
    const end = func.blocks[block]?.end;
    if (end?.kind !== 'return') continue;
    for (const value of valuesReached(way, end.value, 0)) returned(way, value);
  }
  return true;
}

/** A constant pass over the callee, and the node that its results flow to. */
interface Way extends Walk {
  readonly linker: Linker;
  readonly target: FuncInfo;
  /** The node of the call. */
  readonly node: number;
}

function returned({ linker, target, known, node }: Way, value: ValueId): void {
  const { func, firstValue, module } = target;
  const read = tableRead(func, value);
  const key = read && constantOf(func, known, read.key)?.constant;
  if (!read || typeof key !== 'string') {
    linker.graph.edge(firstValue + value, node);
    return;
  }
  const entry = linker.graph.node();
  // A value stored under an unknown name may be under this one.
  for (const name of [key, '*'])
    linker.graph.listen(firstValue + read.table, (token) => lookUp(linker, module, token, name, entry));
  // Only an object literal has known entries.
  linker.graph.listen(firstValue + read.table, (token) => {
    if (linker.tokens.get(token).kind !== 'object') linker.graph.edge(firstValue + value, node);
  });
  if (read.isCalled) made(linker, module, entry, node);
  else linker.graph.edge(entry, node);
}

/** Makes the instances of the classes in a node, and the results of its functions, flow into another. */
function made(linker: Linker, module: number, from: number, node: number): void {
  linker.instancesInto(module, from, node);
  linker.graph.listen(from, (token) => {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'func') linker.graph.edge(linker.returns(ref), node);
  });
}
