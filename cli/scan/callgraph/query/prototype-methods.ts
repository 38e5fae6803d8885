import { maxPrototypeMethods } from '../../budgets/callgraph.ts';
import { memoized } from '../../ir/memoized.ts';
import { partsOf, prototypeOf } from '../../ir/query/parts-of.ts';
import type { Linked } from '../linked.ts';

/** The methods of constructors that are plain functions: `Parser.prototype.lines = function (text) { ... }`. */
export interface PrototypeMethods {
  /** By method, and for the constructor itself: the constructor. */
  readonly owner: ReadonlyMap<number, number>;
  /** By constructor: the constructor and its methods. */
  readonly mates: ReadonlyMap<number, readonly number[]>;
}

/** All of a program. A function that is stored on several prototypes belongs to the first. */
export const prototypeMethods: (linked: Linked) => PrototypeMethods = memoized((linked) => {
  const owner = new Map<number, number>();
  const mates = new Map<number, number[]>();
  linked.program.instructions.each('store', ({ object, name, value }, { id, func: { code } }) => {
    const of = name === 'prototype' ? object : prototypeOf(code, object);
    if (of === undefined) return;
    const [made, other] = linked.functions(id, of);
    if (made === undefined || other !== undefined) return;
    const all = mates.get(made) ?? [made];
    mates.set(made, all);
    owner.set(made, made);
    const values = name === 'prototype' ? partsOf(code, value).members : [value];
    for (const method of values.flatMap((one) => linked.functions(id, one))) {
      if (owner.has(method) || all.length >= maxPrototypeMethods) continue;
      owner.set(method, made);
      all.push(method);
    }
  });
  return { owner, mates };
});
