import type { ValueId } from '../ir/ir.ts';
import { type Code, canChange, emit, writeBinding } from './code.ts';
import { type Binding, isFixed } from './scope.ts';
import type { Node } from './tree.ts';

/** A value, and the path of attributes and entries that it was read by: `a.b['c']`. */
export interface Place {
  readonly value: ValueId;
  /** The variable, at the beginning of a path. */
  readonly variable: Binding | undefined;
  /** What the attribute or entry is of. */
  readonly of: Place | undefined;
  /** The attribute, or the value of the entry's key. */
  readonly name: string | undefined;
  readonly key: ValueId;
  /** The path has only attributes and constant keys. */
  readonly fixed: boolean;
}

/** A value that no variable leads to. */
export function rootless(value: ValueId): Place {
  return { value, variable: undefined, of: undefined, name: undefined, key: -1, fixed: false };
}

export function variablePlace(value: ValueId, variable: Binding): Place {
  return { value, variable, of: undefined, name: undefined, key: -1, fixed: true };
}

/** Writes a new value to a place, and what it makes of the objects around it up to the variable. */
export function assignPlace(c: Code, place: Place, value: ValueId, node: Node): void {
  let now = value;
  let at: Place | undefined = place;
  for (; at.of; at = at.of) {
    now = store(c, at.of.value, at, now, node);
  }
  if (at.variable && (at === place || canHold(c, at.value))) writeBinding(c, at.variable, now, node);
}

/** The object of `place` with a new value at that attribute or key. */
function store(c: Code, object: ValueId, { name, key }: Place, value: ValueId, node: Node): ValueId {
  if (name !== undefined) return emit(c, { op: 'store', object, name, value }, node);
  return emit(c, { op: 'store-index', object, key, value }, node);
}

/** An imported module is not written back: its variable stays the import. */
function canHold(c: Code, root: ValueId): boolean {
  const { op } = c.b.inst(root);
  return op !== 'import' && op !== 'global';
}

/** The path if a call may change what is there and it can be written back. */
export function changeable(c: Code, place: Place): boolean {
  if (!place.fixed) return false;
  let root = place;
  while (root.of) root = root.of;
  if (!root.variable) return false;
  if (isFixed(root.variable)) return false;
  return canChange(c, root.value);
}
