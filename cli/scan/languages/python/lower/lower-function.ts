import { FunctionBuilder } from '../../../ir/function-builder.ts';
import type { Param, TypeName, ValueId } from '../../../ir/ir.ts';
import {
  type Code,
  constant,
  emit,
  type File,
  newCode,
  type WaitingFunction,
  writeBinding,
} from '../parse/code.ts';
import { moduleOf, type Scope } from '../parse/scope.ts';
import type { Node } from '../parse/tree.ts';
import { typeNameOf } from '../parse/type-name.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerBlock } from './lower-statement.ts';

/**
 * Reserves an index for a function, and returns it. The code of the function is lowered after that of the enclosing
 * function.
 */
export function newFunction(
  c: Code,
  node: Node,
  info: { readonly name: string; readonly class: number; readonly hasReceiver: boolean },
): number {
  const func = c.file.functions.push(undefined) - 1;
  const { name, class: classId, hasReceiver } = info;
  c.file.waiting.push({ node, func, outer: c.func, class: classId, name, hasReceiver, depth: c.depth });
  return func;
}

export function lowerLambda(c: Code, node: Node): ValueId {
  const func = newFunction(c, node, { name: '', class: -1, hasReceiver: false });
  return emit(c, { op: 'func', func }, node);
}

/** Lowers the code of a function for which `newFunction` has reserved an index. */
export function lowerFunction(file: File, waiting: WaitingFunction): void {
  const { node, func, outer, name } = waiting;
  const scope = file.scopes.of.get(node) as Scope;
  scope.func = func;
  const b = new FunctionBuilder({
    name,
    outer,
    class: waiting.class,
    async: node.children[0]?.kind === 'async',
    generator: scope.generator,
    returns: returnType(file, node, scope),
    at: node.at,
    end: node.end,
  });
  const list = node.children.find(
    (child) => child.kind === 'parameters' || child.kind === 'lambda_parameters',
  );
  const params = (list?.children ?? [])
    .map((param) => readParam(file, param, scope))
    .filter((param) => !!param);
  const receiver = waiting.hasReceiver && params[0] && !params[0].rest ? params.shift() : undefined;
  const self = receiver && scope.names.get(receiver.name);
  const c = newCode(file, b, { func, class: waiting.class, self, scope, depth: waiting.depth });
  if (receiver && self) writeBinding(c, self, emit(c, { op: 'this' }, receiver.node), receiver.node);
  lowerParams(c, params, node);
  const last = node.children.at(-1);
  if (node.kind === 'lambda') b.return(lowerExpression(c, last));
  else if (last?.kind === 'block') lowerBlock(c, last);
  const done = b.finish(params.map(paramOf));
  file.functions[func] = done;
  file.size += done.code.length;
}

function returnType(file: File, node: Node, scope: Scope): TypeName | undefined {
  const type = node.kind === 'lambda' ? undefined : node.children.find((child) => child.kind === 'type');
  return type && typeNameOf(file.text.slice(type.at, type.end), scope.parent ?? moduleOf(scope));
}

interface ReadParam {
  readonly name: string;
  readonly node: Node;
  readonly type: Param['type'];
  readonly rest: Param['rest'];
  readonly defaults: readonly Node[];
}

function readParam(file: File, param: Node, scope: Scope): ReadParam | undefined {
  let node: Node | undefined = param;
  let type: Node | undefined;
  const defaults: Node[] = [];
  if (
    param.kind === 'typed_parameter' ||
    param.kind === 'typed_default_parameter' ||
    param.kind === 'default_parameter'
  ) {
    node = param.children[0];
    type = param.children.find((child) => child.kind === 'type');
    if (type) defaults.push(...metadataOf(type));
    const value = param.children[type ? 2 : 1];
    if (value) defaults.push(value);
  }
  let rest: Param['rest'];
  if (node?.kind === 'list_splat_pattern') rest = 'positional';
  if (node?.kind === 'dictionary_splat_pattern') rest = 'keywords';
  if (rest) node = node?.children[0];
  if (node?.kind !== 'identifier') return undefined;
  const name = file.text.slice(node.at, node.end);
  const typeName = type && typeNameOf(file.text.slice(type.at, type.end), scope.parent ?? moduleOf(scope));
  return { name, node, type: typeName, rest, defaults };
}

/**
 * Returns the calls in an annotation: `Annotated[str, Query()]` -> `Query()`. Frameworks treat such a call like the
 * parameter's default.
 */
export function metadataOf(type: Node): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [type];
  for (let node = waiting.pop(); node && found.length < 8; node = waiting.pop()) {
    if (node.kind === 'call') found.push(node);
    else waiting.push(...node.children.slice(0, 20).reverse());
  }
  return found;
}

function paramOf({ name, node, type, rest }: ReadParam): Param {
  if (!type && !rest) return { name, at: node.at };
  if (!rest) return { name, type: type as TypeName, at: node.at };
  return type ? { name, type, rest, at: node.at } : { name, rest, at: node.at };
}

/**
 * Emits the parameters, or their defaults where they are undefined. Variables are written after all of the branches, so
 * that none of them needs a phi.
 */
function lowerParams(c: Code, params: readonly ReadParam[], node: Node): void {
  const given = params.map((param, index) => emit(c, { op: 'param', index }, param.node));
  const { scope } = c;
  c.scope = c.file.scopes.defaults.get(node) ?? scope;
  let absent: ValueId = -1;
  const values = params.map((param, i) => {
    const value = given[i] ?? -1;
    if (param.defaults.length === 0) return value;
    if (absent < 0) absent = constant(c, undefined, param.node);
    return lowerDefaults(c, param, value, absent);
  });
  c.scope = scope;
  params.forEach((param, i) => {
    const binding = scope.names.get(param.name);
    if (binding) writeBinding(c, binding, values[i] ?? -1, param.node);
  });
}

/** Defaults are evaluated in the enclosing scope. */
function lowerDefaults(c: Code, param: ReadParam, value: ValueId, absent: ValueId): ValueId {
  const { b } = c;
  const result = {};
  b.write(result, value);
  for (const each of param.defaults) {
    const test = emit(c, { op: 'binary', operator: '==', left: value, right: absent }, param.node);
    const [without, join] = [b.block(), b.block()];
    b.branch(test, without, join);
    b.start(without);
    b.write(result, lowerExpression(c, each));
    b.jump(join);
    b.start(join);
  }
  return b.read(result);
}
