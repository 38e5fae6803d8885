import type { ValueId } from '../../../ir/ir.ts';
import { type Code, canChange, emit, writeBinding } from './code.ts';
import { type Binding, isFixed } from './scope.ts';
import type { Node } from './tree.ts';

/** A value, and the path of attributes and entries through which it was read, such as `a.b['c']`. */
export interface Place {
  readonly value: ValueId;
  /** The variable that was read. Set only at the root of a path: `a` in `a.b`. */
  readonly variable: Binding | undefined;
  /** The place of the object that has the attribute or entry. Undefined at the root of the path. */
  readonly of: Place | undefined;
  /** The name of the attribute, or the value of the constant key. Undefined for a computed key, and at the root. */
  readonly name: string | undefined;
  readonly key: ValueId;
  /** The path has only attributes and constant keys. */
  readonly fixed: boolean;
}

/** Returns the place of a value that was not read from a variable, such as the result of a call. */
export function rootless(value: ValueId): Place {
  return { value, variable: undefined, of: undefined, name: undefined, key: -1, fixed: false };
}

export function variablePlace(value: ValueId, variable: Binding): Place {
  return { value, variable, of: undefined, name: undefined, key: -1, fixed: true };
}

/**
 * Assigns a value to a place. In the lowered code, an assignment does not mutate an object, but makes a new value of
 * it: `a.b['c'] = v` makes a new value of `a.b`, then a new value of `a`, which it writes to the variable `a`.
 */
export function assignPlace(c: Code, place: Place, value: ValueId, node: Node): void {
  const { root, now } = writePath(c, place, value, node);
  if (root !== place) tellAliases(c, root.value, now, node);
}

/**
 * Stores the new value of an object at its place, after a call that may have mutated the object.
 * @param isChange whether the call certainly mutates it, so that aliases get the new value
 */
export function writeBack(c: Code, place: Place, changed: ValueId, isChange: boolean, node: Node): void {
  const { root, now } = writePath(c, place, changed, node);
  if (isChange) tellAliases(c, root.value, now, node);
}

function writePath(
  c: Code,
  place: Place,
  value: ValueId,
  node: Node,
): { readonly root: Place; readonly now: ValueId } {
  let now = value;
  let at = place;
  for (; at.of; at = at.of) now = store(c, at.of.value, at, now, node);
  if (at.variable && (at === place || canHold(c, at.value))) writeBinding(c, at.variable, now, node);
  return { root: at, now };
}

/** Gives all aliases of a mutated object its new value. */
function tellAliases(c: Code, before: ValueId, after: ValueId, node: Node): void {
  if (!canHold(c, before)) return;
  c.b.change(before, after, {
    at: node.at,
    end: node.end,
    write: (variable, value) => {
      if ('cell' in variable) writeBinding(c, variable as Binding, value, node);
      else c.b.write(variable, value);
    },
  });
}

/** The object of `place` after an assignment to that attribute or key. */
function store(c: Code, object: ValueId, { name, key }: Place, value: ValueId, node: Node): ValueId {
  if (name !== undefined) return emit(c, { op: 'store', object, name, value }, node);
  return emit(c, { op: 'store-index', object, key, value }, node);
}

/** An imported module is not written back: its variable remains an import. */
function canHold(c: Code, root: ValueId): boolean {
  const { op } = c.b.inst(root);
  return op !== 'import' && op !== 'global';
}

/**
 * Whether a call may mutate the object at a place, so that `writeBack` must store the object's new value.
 * @param isChange whether the call certainly mutates the object. Only then may the path contain computed keys, or start at
 * a value that was not read from a variable
 */
export function changeable(c: Code, place: Place, isChange: boolean): boolean {
  if (!place.fixed && !isChange) return false;
  let root = place;
  while (root.of) root = root.of;
  if (!root.variable) return isChange && canChange(c, root.value);
  if (isFixed(root.variable)) return false;
  return canChange(c, root.value);
}
