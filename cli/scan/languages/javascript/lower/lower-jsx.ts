import type { JSXAttribute, JSXChild, JSXElement, JSXElementName, JSXFragment } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { lookUp } from '../parse/scope.ts';
import { lowerExpression } from './lower-expression.ts';
import { emit, emitConst, type Lowering, readName } from './lowering.ts';

/** Lowers `<a b={c}>d</a>` to a call of `a` with `{ b: c, children: d }`. `a` is an element or a component. */
export function lowerJsx(f: Lowering, node: JSXElement | JSXFragment): ValueId {
  const consumed = node.type === 'JSXElement' ? lowerConsumer(f, node) : undefined;
  if (consumed !== undefined) return consumed;
  const keys: (string | null)[] = [];
  const values: ValueId[] = [];
  let callee: ValueId;
  if (node.type === 'JSXElement') {
    callee = lowerName(f, node.openingElement.name);
    for (const attribute of node.openingElement.attributes) {
      if (attribute.type === 'JSXSpreadAttribute') {
        keys.push(null);
        values.push(lowerExpression(f, attribute.argument));
      } else {
        keys.push(attributeName(attribute));
        values.push(lowerAttribute(f, attribute));
      }
    }
  } else callee = emit(f, { op: 'global', name: '<>' }, node.openingFragment);
  const items: ValueId[] = [];
  const spread: number[] = [];
  for (const child of node.children) {
    const value = lowerChild(f, child);
    if (value === undefined) continue;
    if (child.type === 'JSXSpreadChild') spread.push(items.length);
    items.push(value);
  }
  if (items.length > 0) {
    keys.push('children');
    const [only, more] = spread.length === 0 ? items : [];
    // A single child is no list.
    values.push(
      only !== undefined && more === undefined
        ? only
        : emit(f, { op: 'list', kind: 'list', items, spread }, node),
    );
  }
  const props = emit(f, { op: 'object', keys, values }, node);
  return emit(f, { op: 'call', callee, args: [props] }, node);
}

/** Lowers React's `<Note.Consumer>{(note) => ...}</Note.Consumer>` to a call of the function with `useContext(Note)`. */
function lowerConsumer(f: Lowering, node: JSXElement): ValueId | undefined {
  const { name } = node.openingElement;
  if (name.type !== 'JSXMemberExpression' || name.property.name !== 'Consumer') return undefined;
  const [child, more] = node.children.filter((one) => one.type !== 'JSXText' || one.value.trim() !== '');
  if (child?.type !== 'JSXExpressionContainer' || more) return undefined;
  const { expression } = child;
  if (expression.type === 'JSXEmptyExpression') return undefined;
  const context = lowerName(f, name.object);
  const taking = emit(f, { op: 'import', specifier: 'react', name: 'useContext' }, name);
  const value = emit(f, { op: 'call', callee: taking, args: [context] }, name);
  const callee = lowerExpression(f, expression);
  return emit(f, { op: 'call', callee, args: [value] }, node);
}

function lowerName(f: Lowering, name: JSXElementName): ValueId {
  if (name.type === 'JSXNamespacedName') {
    return emit(f, { op: 'global', name: `<${name.namespace.name}:${name.name.name}>` }, name);
  }
  if (name.type === 'JSXMemberExpression') {
    const names: string[] = [];
    let at: JSXElementName = name;
    while (at.type === 'JSXMemberExpression') {
      names.push(at.property.name);
      at = at.object;
    }
    let object = readName(f, at.name, at);
    for (const member of names.reverse()) object = emit(f, { op: 'member', object, name: member }, name);
    return object;
  }
  // A name in lower case is an element, even if there is such a variable.
  if (/^[a-z]/.test(name.name) && name.name !== 'this') {
    return emit(f, { op: 'global', name: `<${name.name}>` }, name);
  }
  if (name.name !== 'this' && !lookUp(f.scope, name.name))
    return emit(f, { op: 'global', name: name.name }, name);
  return readName(f, name.name, name);
}

function attributeName({ name }: JSXAttribute): string {
  return name.type === 'JSXIdentifier' ? name.name : `${name.namespace.name}:${name.name.name}`;
}

function lowerAttribute(f: Lowering, node: JSXAttribute): ValueId {
  const { value } = node;
  if (!value) return emitConst(f, true, node);
  return value.type === 'JSXExpressionContainer'
    ? lowerExpression(f, value.expression)
    : lowerExpression(f, value);
}

function lowerChild(f: Lowering, child: JSXChild): ValueId | undefined {
  switch (child.type) {
    case 'JSXText': {
      const text = child.value.trim();
      return text === '' ? undefined : emitConst(f, text, child);
    }
    case 'JSXExpressionContainer':
      if (child.expression.type === 'JSXEmptyExpression') return undefined;
      return lowerExpression(f, child.expression);
    case 'JSXSpreadChild':
      return lowerExpression(f, child.expression);
    default:
      return lowerExpression(f, child);
  }
}
