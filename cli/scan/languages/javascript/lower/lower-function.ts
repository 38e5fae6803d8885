import type { ArrowFunctionExpression, Function as FunctionNode, Node, ParamPattern } from 'oxc-parser';
import { FunctionBuilder } from '../../../ir/function-builder.ts';
import type { Func, Param, ValueId } from '../../../ir/ir.ts';
import { type FunctionInfo, newFunctionInfo, type Scope } from '../parse/scope.ts';
import { typeName } from '../parse/type-name.ts';
import { lowerDecorator } from './lower-decorator.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerPattern } from './lower-pattern.ts';
import { lowerStatements } from './lower-statement.ts';
import {
  emit,
  type Lowering,
  type ModuleLowering,
  type Place,
  readVariable,
  writeVariable,
} from './lowering.ts';

type AnyFunction = FunctionNode | ArrowFunctionExpression;

/** Lowers a function to a value in its enclosing function. */
export function lowerFunctionValue(f: Lowering, node: AnyFunction, name: string): ValueId {
  return emit(f, { op: 'func', func: lowerFunction(f, node, name, -1) }, node);
}

/** Lowers a function. Returns its index. */
export function lowerFunction(outer: Lowering, node: AnyFunction, name: string, classId: number): number {
  const scope = outer.module.scopes.ofNode.get(node);
  const head = {
    name: node.id?.name ?? name,
    class: classId,
    async: node.async,
    generator: node.generator,
    returns: node.returnType ? typeName(outer.scope, node.returnType) : undefined,
  };
  return buildFunction(outer, scope, head, node, (f) => {
    const params = node.params.filter((param) => !isThisParam(param));
    const values = params.map((param, index) => emit(f, { op: 'param', index }, nameSpan(param)));
    const described = params.map((param) => describeParam(f, param));
    const rest = writeArguments(f, values, described, node);
    writeThis(f, node);
    params.forEach((param, i) => {
      lowerParam(f, param, values[i] ?? -1);
    });
    const { body } = node;
    if (body?.type === 'BlockStatement') lowerStatements(f, body.body);
    else if (body) f.builder.return(lowerExpression(f, body));
    return rest ? [...described, rest] : described;
  });
}

/** Builds a new function and returns its index. `write` emits its code and returns its parameters. */
export function buildFunction(
  outer: Lowering,
  scope: Scope | undefined,
  head: Pick<Func, 'name' | 'class' | 'async' | 'generator' | 'returns'>,
  place: Place,
  write: (f: Lowering) => readonly Param[],
): number {
  const { module } = outer;
  const index = module.functions.length;
  const info: FunctionInfo = scope?.info ?? newFunctionInfo();
  info.index = index;
  const phis = info.variables * info.branches;
  info.isVast = phis > module.phisLeft;
  if (!info.isVast) module.phisLeft -= phis;
  const { name, class: owner, async, generator, returns } = head;
  const builder = new FunctionBuilder({
    name,
    class: owner,
    async,
    generator,
    returns,
    outer: outer.info.index,
    at: place.start,
    end: place.end,
  });
  // Reserves its index before those of the functions nested in it.
  module.functions.push(emptyFunction);
  const f: Lowering = {
    module,
    builder,
    info,
    scope: scope ?? outer.scope,
    depth: outer.depth,
    handler: undefined,
    targets: [],
  };
  module.functions[index] = builder.finish(write(f));
  return index;
}

const emptyFunction: Func = {
  name: '',
  params: [],
  code: [],
  blocks: [],
  outer: -1,
  class: -1,
  async: false,
  generator: false,
  at: 0,
  end: 0,
};

/** Builds the function with the top-level code of the module. */
export function buildModule(module: ModuleLowering, place: Place, write: (f: Lowering) => void): void {
  const { root } = module.scopes;
  const nowhere = { module, info: newFunctionInfo(), scope: root, depth: 0 } as unknown as Lowering;
  buildFunction(nowhere, root, { name: '', class: -1, async: false, generator: false }, place, (f) => {
    writeThis(f, { start: place.start, end: place.start });
    write(f);
    return [];
  });
}

/**
 * Assigns the receiver to the function's variable for `this`. Does nothing unless the function, or an arrow function in it,
 * uses `this`.
 */
export function writeThis(f: Lowering, place: Place): void {
  const variable = f.scope.names.get('this');
  if (variable) writeVariable(f, variable, emit(f, { op: 'this' }, place), place);
}

/** `arguments` is a list of the parameters and of a rest parameter with the remaining arguments. */
function writeArguments(
  f: Lowering,
  values: readonly ValueId[],
  params: readonly Param[],
  place: Place,
): Param | undefined {
  const variable = f.scope.names.get('arguments');
  if (variable?.info !== f.info || params.some((param) => param.name === 'arguments')) return undefined;
  const items = [...values];
  const last = params.at(-1);
  const rest: Param | undefined =
    last?.rest === undefined ? { name: 'arguments', rest: 'positional', at: place.start } : undefined;
  if (rest) items.push(emit(f, { op: 'param', index: values.length }, place));
  const list = emit(f, { op: 'list', kind: 'list', items, spread: [items.length - 1] }, place);
  writeVariable(f, variable, list, place);
  return rest;
}

function lowerParam(f: Lowering, param: ParamPattern, from: ValueId): void {
  let value = from;
  if ('decorators' in param) {
    for (const decorator of param.decorators ?? []) value = lowerDecorator(f, decorator, [value]);
  }
  lowerPattern(f, param, value);
  if (param.type !== 'TSParameterProperty') return;
  const name = paramName(param);
  const variable = f.scope.names.get('this');
  const own = f.scope.names.get(name);
  if (!variable || !own) return;
  const object = readVariable(f, variable, param);
  const stored = emit(f, { op: 'store', object, name, value: readVariable(f, own, param) }, param);
  writeVariable(f, variable, stored, param);
}

/** Returns the node with the name and the type of a parameter. */
export function bindingOf(param: ParamPattern): Node {
  let at: Node = param;
  if (at.type === 'TSParameterProperty') at = at.parameter;
  if (at.type === 'AssignmentPattern') at = at.left;
  if (at.type === 'RestElement') at = at.argument;
  return at;
}

/** Returns the name of a parameter. Empty for a pattern. */
export function paramName(param: ParamPattern): string {
  const binding = bindingOf(param);
  return binding.type === 'Identifier' ? binding.name : '';
}

function isThisParam(param: ParamPattern): boolean {
  return param.type === 'Identifier' && param.name === 'this';
}

function nameSpan(param: ParamPattern): Place {
  const binding = bindingOf(param);
  if (binding.type !== 'Identifier') return binding;
  return { start: binding.start, end: binding.start + binding.name.length };
}

function describeParam(f: Lowering, param: ParamPattern): Param {
  const binding = bindingOf(param);
  const annotated = param.type === 'RestElement' && param.typeAnnotation ? param : binding;
  const type =
    'typeAnnotation' in annotated && annotated.typeAnnotation
      ? typeName(f.scope, annotated.typeAnnotation)
      : undefined;
  const name = paramName(param);
  const at = binding.start;
  if (param.type === 'RestElement')
    return type ? { name, type, rest: 'positional', at } : { name, rest: 'positional', at };
  return type ? { name, type, at } : { name, at };
}
