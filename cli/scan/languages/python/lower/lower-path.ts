import type { ValueId } from '../../../ir/ir.ts';
import { type Code, emit, lookUp, readBinding, textOf, unknown } from '../parse/code.ts';
import { type Place, rootless, variablePlace } from '../parse/place.ts';
import type { Node } from '../parse/tree.ts';
import { lowerCall } from './lower-call.ts';
import { lowerExpression } from './lower-expression.ts';

/**
 * Lowers a chain of attributes, subscripts and calls, such as `a.b['c'].d(e).f`. A loop goes through the chain from its
 * left end, so that a long chain can't overflow the stack.
 */
export function lowerPath(c: Code, node: Node | undefined): Place {
  const chain: Node[] = [];
  let at = node;
  while (at && isLink(at) && !isSuper(c, at)) {
    if (at.kind !== 'parenthesized_expression') chain.push(at);
    at = at.children[0];
  }
  let place = lowerRoot(c, at, node);
  for (let link = chain.pop(); link; link = chain.pop()) {
    const of = place;
    if (link.kind === 'call') place = rootless(lowerCall(c, link, of.value, of.of));
    else place = link.kind === 'attribute' ? lowerAttribute(c, link, of) : lowerSubscript(c, link, of);
  }
  return place;
}

function isLink(node: Node): boolean {
  const { kind } = node;
  return (
    kind === 'attribute' ||
    kind === 'call' ||
    kind === 'subscript' ||
    (kind === 'parenthesized_expression' && node.children[0] !== undefined && isLink(node.children[0]))
  );
}

function isSuper(c: Code, node: Node): boolean {
  const callee = node.kind === 'call' ? node.children[0] : undefined;
  return callee?.kind === 'identifier' && textOf(c, callee) === 'super' && lookUp(c, 'super') === undefined;
}

function lowerRoot(c: Code, node: Node | undefined, whole: Node | undefined): Place {
  if (!node) return rootless(whole ? unknown(c, whole) : c.b.emit({ op: 'unknown' }, 0, 0));
  if (node.kind === 'identifier') {
    const name = textOf(c, node);
    const binding = lookUp(c, name);
    if (binding) return variablePlace(readBinding(c, binding, node), binding);
    return rootless(emit(c, { op: 'global', name }, node));
  }
  if (isSuper(c, node)) {
    const place = rootless(emit(c, { op: 'super' }, node));
    return c.self ? { ...place, variable: c.self, fixed: true } : place;
  }
  return rootless(lowerExpression(c, node));
}

function lowerAttribute(c: Code, node: Node, of: Place): Place {
  const name = attributeName(c, node);
  const value = emit(c, { op: 'member', object: of.value, name }, node);
  return {
    value,
    variable: undefined,
    of,
    name,
    key: -1,
    fixed: of.fixed && c.b.inst(of.value).op !== 'super',
  };
}

/**
 * Returns the name of an attribute. `__init__` becomes `constructor`, which is the name of constructors in the lowered
 * code of all languages.
 */
export function attributeName(c: Code, attribute: Node): string {
  const node = attribute.children[1];
  const name = node ? textOf(c, node) : '';
  return name === '__init__' ? 'constructor' : name;
}

function lowerSubscript(c: Code, node: Node, of: Place): Place {
  const [, slice, more] = node.children;
  if (slice?.kind === 'slice' && !more)
    return rootless(emit(c, { op: 'slice', object: of.value, ...lowerBounds(c, slice) }, node));
  const key = lowerKey(c, node);
  if (key === undefined) return rootless(emit(c, { op: 'slice', object: of.value }, node));
  const value = emit(c, { op: 'index', object: of.value, key }, node);
  const fixed = of.fixed && c.b.inst(key).op === 'const';
  return { value, variable: undefined, of, name: undefined, key, fixed };
}

interface Bounds {
  readonly from?: ValueId;
  readonly to?: ValueId;
  readonly step?: ValueId;
}

/** The bounds of `object[from:to:step]`. */
function lowerBounds(c: Code, slice: Node): Bounds {
  const bounds: (ValueId | undefined)[] = [];
  let at = slice.at;
  let place = 0;
  for (const part of slice.children) {
    place += c.file.text.slice(at, part.at).split(':').length - 1;
    bounds[place] = lowerExpression(c, part);
    at = part.end;
  }
  const [from, to, step] = bounds;
  const isWhole = slice.children.length === 0 && c.file.text.slice(slice.at, slice.end) === ':';
  if (isWhole) return { from: emit(c, { op: 'const', value: 0 }, slice) };
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(step === undefined ? {} : { step }),
  };
}

/** Lowers the key of a subscript. Undefined for a slice. */
export function lowerKey(c: Code, subscript: Node): ValueId | undefined {
  const keys = subscript.children.slice(1);
  const [only] = keys;
  if (keys.length === 1 && only) {
    if (only.kind !== 'slice') return lowerExpression(c, only);
    for (const part of only.children) if (!isPlain(part)) lowerExpression(c, part);
    return undefined;
  }
  if (keys.some((key) => key.kind === 'slice')) return undefined;
  const items = keys.map((key) => lowerExpression(c, key));
  return emit(c, { op: 'list', kind: 'tuple', items, spread: [] }, subscript);
}

/** Whether a bound of a slice need not be known. */
function isPlain(node: Node): boolean {
  return node.kind === 'integer' || node.kind === 'identifier' || node.kind === 'unary_operator';
}
