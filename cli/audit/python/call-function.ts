import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { CallArguments } from './call-arguments.ts';
import { holdsKind } from './holds-kind.ts';
import { type Frame, mostDepth } from './interpreter.ts';
import { textOf } from './module-file.ts';
import { newScope, openScope } from './scope.ts';
import { known, notKnown, type PyFunction, type Value } from './value.ts';

/** What a function of the project returns. Undefined if it is too much to read. */
export function callFunction(
  frame: Frame,
  { node, module, scope }: PyFunction,
  given: CallArguments,
): Value | undefined {
  const { interpreter } = frame;
  if (given.isOpen || interpreter.depth >= mostDepth) return undefined;
  const decided = new Set<string>();
  const inner: Frame = { interpreter, module, scope: newScope(scope), decided };
  const parameters = node.children.find(({ kind }) => kind === 'parameters' || kind === 'lambda_parameters');
  if (!bind(inner, parameters?.children ?? [], given)) return undefined;
  const body = node.children.at(-1);
  interpreter.depth++;
  try {
    if (node.kind === 'lambda') return interpreter.evaluate(inner, body);
    const code = body ? textOf(module, body) : '';
    if (/\bglobal\s/.test(code)) openScope(scope, 'a function may set it');
    if (!body || /\b(global|nonlocal)\b/.test(code) || holdsKind(body, suspends)) return undefined;
    const ending = interpreter.execute(inner, body);
    if (typeof ending === 'object') return restingOn(ending.returned, decided);
    return ending === 'next' ? known(null) : notKnown('a function that it is computed by was not understood');
  } finally {
    interpreter.depth--;
  }
}

const suspends: ReadonlySet<string> = new Set(['await', 'yield']);

/** A value, and the variables whose default chose it. */
function restingOn(value: Value, decided: ReadonlySet<string>): Value {
  const [first, ...rest] = value.map((one) => ({
    ...one,
    variables: [...new Set([...one.variables, ...decided])],
  }));
  return first ? [first, ...rest] : value;
}

function bind(inner: Frame, parameters: readonly Node[], given: CallArguments): boolean {
  const names = new Set<string>();
  for (const [index, parameter] of parameters.entries()) {
    const nameNode = parameter.kind === 'identifier' ? parameter : parameter.children[0];
    if (!nameNode || !/^(identifier|(typed_)?default_parameter|typed_parameter)$/.test(parameter.kind))
      return false;
    if (nameNode.kind !== 'identifier') return false;
    const name = textOf(inner.module, nameNode);
    names.add(name);
    const hasInitial = parameter.kind.endsWith('default_parameter');
    const value =
      given.named.get(name) ??
      given.positional[index] ??
      (hasInitial ? inner.interpreter.evaluate(inner, parameter.children.at(-1)) : undefined);
    if (!value) return false;
    inner.scope.names.set(name, value);
  }
  return given.positional.length <= names.size && [...given.named.keys()].every((name) => names.has(name));
}
