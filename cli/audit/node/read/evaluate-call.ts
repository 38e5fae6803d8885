import type { Node } from 'oxc-parser';
import { stringOf, unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Evaluator, Modules } from './evaluate.ts';
import { exportsOf } from './exports.ts';
import { methodResult, pathResult, urlInProject } from './known-methods.ts';
import type { FunctionNode, ModuleFile } from './module-file.ts';
import { returnsOf } from './returns.ts';
import { literal, truth, unknownValue, type Value } from './value.ts';

export function callValue(
  file: ModuleFile,
  node: Extract<Node, { type: 'CallExpression' }>,
  evaluator: Evaluator,
  required: (file: ModuleFile, specifier: string | undefined) => Value,
  modules: Modules,
): Value {
  const evaluate = (one: Node): Value => evaluator.evaluate(file, one);
  const callee = unwrap(node.callee);
  if (
    callee.type === 'Identifier' &&
    callee.name === 'require' &&
    !file.declarations.find('require', callee)
  ) {
    const whole = required(file, stringOf(node.arguments[0]));
    const own = whole.kind === 'module' ? exportsOf(whole.file).whole : undefined;
    return own && whole.kind === 'module' ? evaluator.evaluate(whole.file, own) : whole;
  }
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
    if (isModeOfExpress(file.shown(node))) return modeOfExpress(evaluator);
    const known = methodResult(evaluate(callee.object), callee.property.name, node.arguments.map(evaluate));
    if (known) return known;
  }
  const value = evaluate(callee);
  if (value.kind === 'global') {
    const known = globalCall(value.path, node.arguments[0] && evaluate(node.arguments[0]));
    if (known) return known;
  }
  const ofPackage =
    value.kind === 'package'
      ? (pathResult(value.name, value.path, node.arguments.map(evaluate)) ??
        modules.results?.(value.name, value.path))
      : undefined;
  if (ofPackage) return ofPackage;
  if (value.kind === 'function') return returnedBy(value.file, value.node, evaluator);
  if (value.kind === 'unknown') return value;
  return { kind: 'result', callee: value, file, node };
}

function isModeOfExpress(text: string): boolean {
  return /(?:^|\.)app\.get\(\s*['"]env['"]\s*\)$/.test(text);
}

/** `app.get('env')` is `NODE_ENV`, or else `development`. */
function modeOfExpress({ member }: Evaluator): Value {
  const value = member({ kind: 'global', path: ['process', 'env'] }, 'NODE_ENV');
  return value.kind === 'literal' && !value.value ? literal('development') : value;
}

export function newValue(
  file: ModuleFile,
  node: Extract<Node, { type: 'NewExpression' }>,
  { evaluate }: Evaluator,
): Value {
  const callee = evaluate(file, node.callee);
  if (callee.kind === 'class') return { kind: 'instance', file: callee.file, node: callee.node };
  const [name] = callee.kind === 'global' ? callee.path : [];
  if (name === 'Set') return evaluate(file, node.arguments[0]);
  if (name === 'RegExp') {
    const source = evaluate(file, node.arguments[0]);
    return source.kind === 'literal' ? { kind: 'regex', source: String(source.value) } : source;
  }
  const url = name === 'URL' ? urlInProject(node.arguments.map((one) => evaluate(file, one))) : undefined;
  return url ?? { kind: 'result', callee, file, node };
}

function globalCall([name]: readonly string[], argument: Value | undefined): Value | undefined {
  if (argument === undefined) return undefined;
  if (name === 'Boolean') {
    const isTrue = truth(argument);
    return isTrue === undefined ? unknownValue('it is computed') : literal(isTrue);
  }
  if (name !== 'Number' && name !== 'parseInt') return undefined;
  if (argument.kind !== 'literal') return argument.kind === 'environment' ? argument : undefined;
  const number = literal(Number(argument.value));
  return argument.unless === undefined ? number : { ...number, unless: argument.unless };
}

/** What a function of the application returns, if one expression says it. */
export function returnedBy(file: ModuleFile, node: FunctionNode, { evaluate }: Evaluator): Value {
  if (node.generator || !node.body) return unknownValue('a function decides it');
  if (node.body.type !== 'BlockStatement') return evaluate(file, node.body);
  const own = returnsOf(file).get(node) ?? [];
  const [only] = own;
  if (only === undefined || own.length !== 1 || node.body.body.at(-1) !== only) {
    return unknownValue('a function decides it');
  }
  return evaluate(file, only.argument);
}
