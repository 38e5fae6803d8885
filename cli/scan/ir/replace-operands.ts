import type { Inst, Terminator, ValueId } from './ir.ts';

/** Returns the replacement of a value. A value without a replacement is returned as it is. */
export type Replaced = (value: ValueId) => ValueId;

type Mutable<T> = T extends readonly (infer E)[] ? E[] : { -readonly [K in keyof T]: T[K] };

/**
 * Replaces each value that an instruction reads. This changes the instruction itself, so call it only in a builder, before
 * any other code has the instruction.
 */
export function replaceOperands(inst: Inst, by: Replaced): void {
  const it = inst as Inst extends infer I ? (I extends Inst ? Mutable<I> : never) : never;
  switch (it.op) {
    case 'member':
      it.object = by(it.object);
      return;
    case 'call':
      it.callee = by(it.callee);
      replaceAll(it.args, by);
      return;
    case 'effect':
    case 'unary':
    case 'cell-store':
    case 'await':
    case 'yield':
    case 'element':
    case 'key':
    case 'typed':
      it.value = by(it.value);
      return;
    case 'store':
      it.object = by(it.object);
      it.value = by(it.value);
      return;
    case 'binary':
      it.left = by(it.left);
      it.right = by(it.right);
      return;
    case 'index':
      it.object = by(it.object);
      it.key = by(it.key);
      return;
    case 'store-index':
      it.object = by(it.object);
      it.key = by(it.key);
      it.value = by(it.value);
      return;
    case 'phi':
      replaceAll(it.inputs, by);
      return;
    case 'text':
      replaceAll(it.parts, by);
      return;
    case 'list':
      replaceAll(it.items, by);
      return;
    case 'object':
      replaceAll(it.keys, by);
      replaceAll(it.values, by);
      return;
    case 'class':
      replaceAll(it.bases, by);
      replaceAll(it.values, by);
      return;
    case 'slice':
      it.object = by(it.object);
      if (it.from !== undefined) it.from = by(it.from);
      if (it.to !== undefined) it.to = by(it.to);
      if (it.step !== undefined) it.step = by(it.step);
      return;
    case 'caught':
      if (it.type >= 0) it.type = by(it.type);
  }
}

/** Keys of objects may also be names. */
function replaceAll(values: readonly unknown[], by: Replaced): void {
  const all = values as unknown[];
  for (let i = 0; i < all.length; i++) {
    const value = all[i];
    if (typeof value === 'number') all[i] = by(value);
  }
}

/** Replaces the values that a terminator reads. This changes the terminator itself. */
export function replaceEnd(end: Terminator, by: Replaced): void {
  const it = end as Terminator extends infer I ? (I extends Terminator ? Mutable<I> : never) : never;
  if (it.kind === 'branch') it.test = by(it.test);
  else if (it.kind !== 'jump') it.value = by(it.value);
  else if (it.thrown !== undefined) it.thrown = by(it.thrown);
}
