import type { BinaryOperator, ValueId } from '../../../ir/ir.ts';
import { type Code, emit, isTooDeep, textOf, writeName } from '../parse/code.ts';
import { assignPlace, writeBack } from '../parse/place.ts';
import type { Node } from '../parse/tree.ts';
import { typeNameOf } from '../parse/type-name.ts';
import { lowerExpression } from './lower-expression.ts';
import { metadataOf } from './lower-function.ts';
import { attributeName, lowerKey, lowerPath } from './lower-path.ts';

/**
 * Lowers an assignment or a declaration: `a = b = v`, `a: T = v`, `a: T`. Returns the assigned value. Undefined for a
 * declaration without a value.
 */
export function lowerAssignment(c: Code, node: Node): ValueId | undefined {
  const targets: Node[] = [];
  let at: Node | undefined = node;
  let value: ValueId | undefined;
  while (at?.kind === 'assignment') {
    const [target, second, third]: readonly Node[] = at.children;
    if (target) targets.push(target);
    const isTyped: boolean = second?.kind === 'type';
    if (isTyped && target && second) declareField(c, target, second);
    const right: Node | undefined = isTyped ? third : second;
    if (!right) return undefined;
    if (right.kind !== 'assignment') {
      value = right.kind === 'augmented_assignment' ? lowerAugmented(c, right) : lowerExpression(c, right);
      const type = isTyped && second ? typeNameOf(textOf(c, second), c.scope) : undefined;
      if (type) value = emit(c, { op: 'typed', value, type }, node);
    }
    at = right;
  }
  if (value === undefined) return undefined;
  for (const target of targets) assignTarget(c, target, value, node);
  return value;
}

/** Records an annotation in a class body, or of `self.x` in a method. */
function declareField(c: Code, target: Node, typeNode: Node): void {
  let fields = c.scope.kind === 'class' ? c.body?.fields : undefined;
  let name: Node | undefined = target;
  if (target.kind === 'attribute' && c.self) {
    const [object, attribute] = target.children;
    if (object?.kind === 'identifier' && textOf(c, object) === c.self.name)
      fields = c.file.classes[c.class]?.fields;
    name = attribute;
  }
  if (!fields || name?.kind !== 'identifier') return;
  const text = textOf(c, typeNode);
  const type = typeNameOf(text, c.scope);
  // A class variable, not a field of the instances.
  if (!type || /^(?:\w+\.)?ClassVar\b/.test(text)) return;
  // `name: Annotated[str, Field(pattern='^[a-z]+$')]`
  const decorators =
    target.kind === 'identifier' ? metadataOf(typeNode).map((call) => lowerExpression(c, call)) : [];
  fields.push({ name: textOf(c, name), type, ...(decorators.length > 0 ? { decorators } : {}) });
}

/** Lowers an augmented assignment, such as `a.b += v`. Its target is evaluated once. */
export function lowerAugmented(c: Code, node: Node): ValueId {
  const [target, sign, right] = node.children;
  const place = lowerPath(c, target);
  const operator = (sign?.kind.slice(0, -1) ?? '+') as BinaryOperator;
  const addend = lowerExpression(c, right);
  const value = emit(c, { op: 'binary', operator, left: place.value, right: addend }, node);
  if (target?.kind === 'identifier') writeName(c, textOf(c, target), value, node);
  else assignPlace(c, place, value, node);
  return value;
}

/** Assigns a value to a name, an attribute or an entry, or unpacks the value into several of them. */
export function assignTarget(c: Code, target: Node, value: ValueId, node: Node): void {
  switch (target.kind) {
    case 'identifier':
      writeName(c, textOf(c, target), value, node);
      return;
    case 'attribute': {
      const object = lowerPath(c, target.children[0]);
      const name = attributeName(c, target);
      writeBack(c, object, emit(c, { op: 'store', object: object.value, name, value }, node), true, node);
      return;
    }
    case 'subscript': {
      const object = lowerPath(c, target.children[0]);
      const key = lowerKey(c, target) ?? emit(c, { op: 'unknown' }, target);
      writeBack(
        c,
        object,
        emit(c, { op: 'store-index', object: object.value, key, value }, node),
        true,
        node,
      );
      return;
    }
    case 'parenthesized_expression':
    case 'as_pattern_target':
    case 'list_splat':
    case 'list_splat_pattern':
      assignInner(c, target, value, node);
      return;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      assignInner(c, target, value, node);
  }
}

/** Bounds the depth: targets nest as expressions do. */
function assignInner(c: Code, target: Node, value: ValueId, node: Node): void {
  if (isTooDeep(c, target)) return;
  c.depth++;
  if (!wrappers.has(target.kind)) takeApart(c, target, value, node);
  else if (target.children[0]) assignTarget(c, target.children[0], value, node);
  c.depth--;
}

const wrappers: ReadonlySet<string> = new Set([
  'parenthesized_expression',
  'as_pattern_target',
  'list_splat',
  'list_splat_pattern',
]);

/** `a, *rest, z = value`: targets after the star are indexed from the end. */
function takeApart(c: Code, target: Node, value: ValueId, node: Node): void {
  const { children } = target;
  const star = children.findIndex(isStar);
  children.forEach((item, i) => {
    if (i === star) {
      const from = emit(c, { op: 'const', value: i }, item);
      const behind = children.length - 1 - i;
      const to = behind > 0 ? { to: emit(c, { op: 'const', value: -behind }, item) } : {};
      assignTarget(c, item, emit(c, { op: 'slice', object: value, from, ...to }, item), node);
      return;
    }
    const place = star >= 0 && i > star ? i - children.length : i;
    const key = emit(c, { op: 'const', value: place }, item);
    assignTarget(c, item, emit(c, { op: 'index', object: value, key }, item), node);
  });
}

function isStar({ kind }: Node): boolean {
  return kind === 'list_splat_pattern' || kind === 'list_splat';
}
