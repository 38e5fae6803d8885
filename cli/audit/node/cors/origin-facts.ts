import type { Node } from 'oxc-parser';
import { unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { type FunctionNode, isFunction, type ModuleFile, nodesWithin } from '../read/module-file.ts';
import { textOf, truth, type Value } from '../read/value.ts';

/** Where the origin of a request is known by a name, or as a header of the request. */
export interface OriginScope {
  readonly file: ModuleFile;
  readonly evaluator: Evaluator;
  /** Whether the list that an origin is looked up in, or the text or pattern that it is compared with, is fixed. */
  readonly isFixed: (value: Value) => boolean;
  /** A parameter that is the origin, or that is the request. */
  readonly parameter?: { readonly name: string; readonly of: FunctionNode };
  readonly depth: number;
}

/**
 * What a condition tells of the origin: it is one of a fixed list, there is none, or nothing. `other`: it tells something that was not
 * understood.
 */
export type OriginFact = 'listed' | 'missing' | 'nothing' | 'other';

const header =
  /(?:\.|\?\.)(?:get|header)\(\s*['"`]origin['"`]\s*\)$|headers\??\.origin$|headers(?:\?\.)?\[\s*['"`]origin['"`]\s*\]$/i;
const aboutRequest = /\.(?:method|path|pathname|url|originalUrl|nextUrl)\b|^(?:method|path|pathname|url)\b/;

/** What follows of the origin if a condition is true, or false. */
export function factOf(from: Node, isTrue: boolean, scope: OriginScope): OriginFact {
  const node = unwrap(from);
  if (node.type === 'UnaryExpression' && node.operator === '!') return factOf(node.argument, !isTrue, scope);
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Boolean') {
    const [only] = node.arguments;
    return only && only.type !== 'SpreadElement' ? factOf(only, isTrue, scope) : 'other';
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const sides = [factOf(node.left, isTrue, scope), factOf(node.right, isTrue, scope)];
    const isBoth = (node.operator === '&&') === isTrue;
    return isBoth ? strongest(sides) : weakest(sides);
  }
  if (isOrigin(node, scope)) return isTrue ? 'nothing' : 'missing';
  const compared = comparison(node, scope);
  if (compared !== undefined) return compared.when === isTrue ? compared.fact : 'nothing';
  if (node.type === 'CallExpression') {
    const listed = isLookUp(node, scope);
    if (listed !== undefined) return listed && isTrue ? 'listed' : listed ? 'nothing' : 'other';
    const called = ofHelper(node, isTrue, scope);
    if (called !== undefined) return called;
  }
  if (truth(scope.evaluator.evaluate(scope.file, node)) === isTrue) return 'nothing';
  return aboutRequest.test(scope.file.shown(node)) ? 'nothing' : 'other';
}

/** Both hold. */
export function strongest(facts: readonly OriginFact[]): OriginFact {
  return (['listed', 'missing', 'other'] as const).find((one) => facts.includes(one)) ?? 'nothing';
}

/** One of them holds. */
function weakest(facts: readonly OriginFact[]): OriginFact {
  return (['other', 'nothing', 'listed'] as const).find((one) => facts.includes(one)) ?? 'missing';
}

/** Whether an expression is the origin of the request. */
export function isOrigin(from: Node, scope: OriginScope, depth = 0): boolean {
  const node = unwrap(from);
  const { file, parameter } = scope;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const { property, object } = node.callee;
    if (property.type === 'Identifier' && /^(?:toLowerCase|trim|toString)$/.test(property.name))
      return isOrigin(object, scope, depth);
  }
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'String') {
    const [only] = node.arguments;
    return only !== undefined && only.type !== 'SpreadElement' && isOrigin(only, scope, depth);
  }
  if (node.type === 'LogicalExpression' && node.operator !== '&&')
    return isOrigin(node.left, scope, depth) && textOf(scope.evaluator.evaluate(file, node.right)) === '';
  if (node.type !== 'Identifier')
    return /^(?:Member|Call|Chain)/.test(node.type) && header.test(file.shown(node));
  const set = settersOf(node.name, node, file);
  const [only] = set;
  if (set.length !== 1 || only === undefined || depth > 3) return false;
  if (isFunction(only)) return parameter?.of === only && parameter.name === node.name;
  if (only.type !== 'VariableDeclarator' || !only.init) return false;
  if (only.id.type === 'Identifier') return isOrigin(only.init, scope, depth + 1);
  const isOwnKey = /^\{[^{}]*\borigin\b[^{}:=]*\}$/.test(file.shown(only.id)) && node.name === 'origin';
  return isOwnKey && /\.headers$/.test(file.shown(only.init));
}

/** What gives a name its value in the functions around a node: declarations, parameters and assignments. */
function settersOf(name: string, at: Node, file: ModuleFile): readonly Node[] {
  let around: Node | undefined = at;
  for (; around; around = file.parents.get(around)) {
    if (!isFunction(around) && around.type !== 'Program') continue;
    const found: Node[] = isFunction(around) && around.params.some((one) => names(one, name)) ? [around] : [];
    for (const node of nodesWithin(file, around)) {
      if (node.type === 'VariableDeclarator' && names(node.id, name)) found.push(node);
      if (node.type === 'AssignmentExpression' && names(node.left, name)) found.push(node);
    }
    const own = found.filter((one) => one === around || !isHidden(one, around as Node, at, file));
    if (own.length > 0) return own;
  }
  return [];
}

/** Whether a declaration stands in a function that is not around the node. */
function isHidden(declared: Node, outer: Node, at: Node, file: ModuleFile): boolean {
  for (let up = file.parents.get(declared); up && up !== outer; up = file.parents.get(up))
    if (isFunction(up) && !(up.start <= at.start && at.end <= up.end)) return true;
  return false;
}

function names(pattern: Node, name: string): boolean {
  if (pattern.type === 'Identifier') return pattern.name === name;
  if (pattern.type === 'AssignmentPattern') return names(pattern.left, name);
  if (pattern.type === 'ObjectPattern')
    return pattern.properties.some((one) => names(one.type === 'Property' ? one.value : one.argument, name));
  return false;
}

/** `origin === 'https://...'`, `list.indexOf(origin) !== -1`, `origin === undefined`: what holds, and when. */
function comparison(
  node: Node,
  scope: OriginScope,
): { readonly fact: OriginFact; readonly when: boolean } | undefined {
  if (node.type !== 'BinaryExpression' || node.left.type === 'PrivateIdentifier') return undefined;
  const { operator } = node;
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  if (/^[!=]==?$/.test(operator)) {
    const other = isOrigin(left, scope) ? right : isOrigin(right, scope) ? left : undefined;
    if (other !== undefined) {
      const value = scope.evaluator.evaluate(scope.file, other);
      const isNone = value.kind === 'literal' && (value.value ?? '') === '';
      if (!isNone && !scope.isFixed(value)) return { fact: 'other', when: operator.startsWith('=') };
      return { fact: isNone ? 'missing' : 'listed', when: operator.startsWith('=') };
    }
  }
  const at = left.type === 'CallExpression' ? isLookUp(left, scope, 'indexOf') : undefined;
  if (at !== true) return undefined;
  const text = `${operator} ${scope.file.shown(right)}`;
  if (/^(?:!==?|>) -1$|^>= 0$/.test(text)) return { fact: 'listed', when: true };
  return /^(?:===?) -1$|^< 0$/.test(text) ? { fact: 'listed', when: false } : undefined;
}

/** `list.includes(origin)`; false if the list is not fixed, undefined if it is no such call. */
function isLookUp(
  node: Extract<Node, { type: 'CallExpression' }>,
  scope: OriginScope,
  wanted?: string,
): boolean | undefined {
  const { callee, arguments: given } = node;
  const [first] = given;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || first === undefined)
    return undefined;
  const method = callee.property.name;
  if (wanted === undefined ? method === 'indexOf' : method !== wanted) return undefined;
  const list = scope.evaluator.evaluate(scope.file, callee.object);
  if (/^(?:includes|has|indexOf)$/.test(method) && first.type !== 'SpreadElement' && isOrigin(first, scope))
    return list.kind === 'array' && scope.isFixed(list);
  if (method === 'test' && first.type !== 'SpreadElement' && isOrigin(first, scope))
    return list.kind === 'regex' && scope.isFixed(list);
  // `list.some((one) => one === origin)`
  if (/^(?:some|find)$/.test(method) && first.type === 'ArrowFunctionExpression') {
    const [param] = first.params;
    const body = unwrap(first.body);
    if (body.type !== 'BinaryExpression' || !/^===?$/.test(body.operator)) return undefined;
    if (param?.type !== 'Identifier' || body.left.type === 'PrivateIdentifier') return undefined;
    const sides = [unwrap(body.left), unwrap(body.right)];
    const isSame =
      sides.some((one) => one.type === 'Identifier' && one.name === param.name) &&
      sides.some((one) => isOrigin(one, scope));
    return isSame ? list.kind === 'array' && scope.isFixed(list) : undefined;
  }
  return undefined;
}

/** A function of the application that is handed the origin: what its only result tells. */
function ofHelper(
  node: Extract<Node, { type: 'CallExpression' }>,
  isTrue: boolean,
  scope: OriginScope,
): OriginFact | undefined {
  const at = node.arguments.findIndex((one) => one.type !== 'SpreadElement' && isOrigin(one, scope));
  if (at < 0 || scope.depth > 3) return undefined;
  const called = scope.evaluator.evaluate(scope.file, node.callee);
  if (called.kind !== 'function' || called.node.async || called.node.generator) return undefined;
  const param = called.node.params[at];
  if (param?.type !== 'Identifier') return undefined;
  const inner: OriginScope = {
    ...scope,
    file: called.file,
    parameter: { name: param.name, of: called.node },
    depth: scope.depth + 1,
  };
  const { body } = called.node;
  if (!body) return undefined;
  if (body.type !== 'BlockStatement') return factOf(body, isTrue, inner);
  return ofBody(body.body, isTrue, inner);
}

/** `if (!origin) return false; return list.includes(origin);` */
function ofBody(body: readonly Node[], isTrue: boolean, scope: OriginScope): OriginFact | undefined {
  const results: OriginFact[] = [];
  for (const statement of body) {
    if (statement.type === 'VariableDeclaration') continue;
    if (statement.type === 'ReturnStatement') {
      if (!statement.argument) return undefined;
      return weakest([...results, factOf(statement.argument, isTrue, scope)]);
    }
    if (statement.type !== 'IfStatement' || statement.alternate) return undefined;
    const { consequent, test } = statement;
    const [only] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
    if (only?.type !== 'ReturnStatement' || !only.argument) return undefined;
    const result = truth(scope.evaluator.evaluate(scope.file, only.argument));
    if (result === isTrue) results.push(factOf(test, true, scope));
    else if (result === undefined)
      results.push(strongest([factOf(test, true, scope), factOf(only.argument, isTrue, scope)]));
  }
  return undefined;
}
