import type { MemberExpression, Node } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { readExport, writeExport } from '../parse/module-exports.ts';
import { lookUp, type Variable } from '../parse/scope.ts';
import { isExportsObject, keyName, unwrap } from '../parse/syntax.ts';
import { typeName } from '../parse/type-name.ts';
import { lowerExpression } from './lower-expression.ts';
import {
  emit,
  emitTooDeep,
  type Lowering,
  maxDepth,
  type Place,
  readMember,
  readName,
  readVariable,
  writeVariable,
} from './lowering.ts';

/** An assignment target that can be both read and written: a variable, or a property of an object. */
export type Reference =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'global'; readonly name: string }
  | {
      readonly kind: 'member';
      readonly object: ValueId;
      /** The reference that a mutated object is written back to. */
      readonly base: Reference | undefined;
      readonly name: string;
    }
  | {
      readonly kind: 'index';
      readonly object: ValueId;
      readonly base: Reference | undefined;
      readonly key: ValueId;
    }
  /** `exports.name` of a CommonJS module. */
  | { readonly kind: 'export'; readonly name: string };

/**
 * Lowers an assignment target to a reference, which can then be both read and written. Its operands are evaluated only
 * here. Undefined for a node that is no such target.
 */
export function lowerReference(f: Lowering, from: Node): Reference | undefined {
  const node = unwrap(from);
  if (node.type === 'Identifier' || node.type === 'ThisExpression') {
    const name = node.type === 'Identifier' ? node.name : 'this';
    const variable = lookUp(f.scope, name);
    if (variable) return { kind: 'variable', variable };
    return { kind: 'global', name };
  }
  if (node.type !== 'MemberExpression') return undefined;
  return lowerMember(f, node);
}

function lowerMember(f: Lowering, node: MemberExpression): Reference {
  const name = keyName(node.property, node.computed);
  if (name !== undefined && isExportsOf(f, node.object)) return { kind: 'export', name };
  if (f.depth >= maxDepth) {
    return { kind: 'member', object: emitTooDeep(f, node.object), base: undefined, name: name ?? '' };
  }
  f.depth++;
  const base = lowerReference(f, node.object);
  const object = base
    ? asTyped(f, node.object, readReference(f, base, node.object))
    : lowerExpression(f, node.object);
  const reference: Reference =
    name !== undefined
      ? { kind: 'member', object, base, name }
      : { kind: 'index', object, base, key: lowerExpression(f, node.property as Node) };
  f.depth--;
  return reference;
}

/** The value with the type of `as`, in a reference such as `(a as B).c`. */
function asTyped(f: Lowering, from: Node, value: ValueId): ValueId {
  let at = from;
  while (at.type === 'ChainExpression' || at.type === 'TSNonNullExpression') at = at.expression;
  if (at.type !== 'TSAsExpression' && at.type !== 'TSTypeAssertion') return value;
  const type = typeName(f.scope, at.typeAnnotation);
  return type ? emit(f, { op: 'typed', value, type }, at) : value;
}

/**
 * Whether a node is the `exports` or `module.exports` of CommonJS, and not a declared variable of the name `exports` or
 * `module`.
 */
export function isExportsOf(f: Lowering, node: Node): boolean {
  if (!isExportsObject(node)) return false;
  return lookUp(f.scope, node.type === 'Identifier' ? 'exports' : 'module') === undefined;
}

/** Globals that have an effect when they are written. */
const windowMembers = /^(?:location|on[a-z]{4,})$/;

export function readReference(f: Lowering, reference: Reference, place: Place): ValueId {
  switch (reference.kind) {
    case 'variable':
      return readVariable(f, reference.variable, place);
    case 'global':
      return readName(f, reference.name, place);
    case 'member':
      return readMember(f, reference.object, reference.name, place);
    case 'index':
      return emit(f, { op: 'index', object: reference.object, key: reference.key }, place);
    case 'export':
      return readExport(f, reference.name, place);
  }
}

/**
 * Writes a value to a reference. A write to `a.b.c` makes new values of the objects in `a.b` and in `a`, which are written
 * back too.
 */
export function writeReference(f: Lowering, reference: Reference, value: ValueId, place: Place): void {
  const written = writePath(f, reference, value, place);
  if (written.was !== undefined) tellAliases(f, written.was, written.now, place);
}

/**
 * Writes an object back to its reference, after a call that may have mutated it.
 * @param isChange whether the call certainly mutates it, so that aliases get the new value
 */
export function writeBack(
  f: Lowering,
  reference: Reference | undefined,
  object: ValueId,
  changed: ValueId,
  isChange: boolean,
  place: Place,
): void {
  const { was = object, now } = reference ? writePath(f, reference, changed, place) : { now: changed };
  if (isChange) tellAliases(f, was, now, place);
}

/** Writes to the beginning of a path. Returns the new value and the old one. */
function writePath(
  f: Lowering,
  reference: Reference,
  value: ValueId,
  place: Place,
): { readonly was?: ValueId | undefined; readonly now: ValueId } {
  let at: Reference | undefined = reference;
  let changed = value;
  let was: ValueId | undefined;
  while (at) {
    switch (at.kind) {
      case 'variable':
        writeVariable(f, at.variable, changed, place);
        return { was, now: changed };
      case 'global':
        if (at === reference && windowMembers.test(at.name)) {
          const object = emit(f, { op: 'global', name: 'globalThis' }, place);
          emit(f, { op: 'store', object, name: at.name, value: changed }, place);
        }
        return { now: changed };
      case 'export':
        // An export whose object was mutated is still the same export.
        if (at === reference) writeExport(f, at.name, changed, place);
        return { now: changed };
      case 'member':
        changed = emit(f, { op: 'store', object: at.object, name: at.name, value: changed }, place);
        was = at.object;
        break;
      case 'index':
        changed = emit(f, { op: 'store-index', object: at.object, key: at.key, value: changed }, place);
        was = at.object;
        break;
    }
    at = at.base;
  }
  return { was, now: changed };
}

/** Gives all aliases of a mutated object its new value. */
function tellAliases(f: Lowering, before: ValueId, after: ValueId, place: Place): void {
  f.builder.change(before, after, {
    at: place.start,
    end: place.end,
    write: (variable, value) => {
      if ('kind' in variable) writeVariable(f, variable as Variable, value, place);
      else f.builder.write(variable, value);
    },
  });
}

/**
 * Whether a reference is a variable, `this`, or a property path that starts at one, such as `a.b`. Imported names, and the
 * own name of a function expression, do not count. A method call on such a reference may mutate an object that a variable
 * holds.
 * @param isChange whether the method certainly mutates its object. Only then may the path contain computed keys
 */
export function isPath(reference: Reference | undefined, isChange: boolean): boolean {
  let at = reference;
  while (at?.kind === 'member' || (isChange && at?.kind === 'index')) at = at.base;
  return at?.kind === 'variable' && at.variable.kind !== 'import' && at.variable.kind !== 'self';
}
