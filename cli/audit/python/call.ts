import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { argumentsOf, type CallArguments } from './call-arguments.ts';
import { callFunction } from './call-function.ts';
import { callLibrary } from './call-library.ts';
import { callMethod } from './call-method.ts';
import { callReader, readerMethod } from './call-reader.ts';
import { productionEntry } from './config-choice.ts';
import { configure } from './configure.ts';
import type { Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { callObjects, makeObject, unseenCall } from './object.ts';
import { isType, known, notKnown, type Possible, type PyClass, type PyReader, type Value } from './value.ts';

/** What a call returns. What is handed to a function that is not known may be changed by it. */
export function evaluateCall(frame: Frame, node: Node): Value {
  const [callee] = node.children;
  if (!callee) return notKnown('it is computed');
  const given = argumentsOf(frame, node);
  return ofMethod(frame, node, callee, given) ?? ofFunction(frame, node, callee, given);
}

function ofMethod(frame: Frame, node: Node, callee: Node, given: CallArguments): Value | undefined {
  if (callee.kind !== 'attribute') return undefined;
  const [object, member] = callee.children;
  const name = member ? textOf(frame.module, member) : '';
  const self = frame.interpreter.evaluate(frame, object);
  const [{ plain }] = self;
  if (isType(plain, 'reader')) return readerMethod(frame, plain, name, given, spotOf(frame.module, node));
  if (isType(plain, 'object')) return callObjects(frame, self, name, given, spotOf(frame.module, node));
  if (isType(plain, 'dict') && plain.isConfig)
    return configure(frame, self, name, given, spotOf(frame.module, node));
  if (isType(plain, 'dict') && name === 'get') {
    const production = productionEntry(plain, given.positional[0]?.[0]);
    if (production) return production;
  }
  return callMethod(self, name, given, spotOf(frame.module, node));
}

function ofFunction(frame: Frame, node: Node, callee: Node, given: CallArguments): Value {
  const [{ plain }, ...others] = frame.interpreter.evaluate(frame, callee);
  const spot = spotOf(frame.module, node);
  const result = others.length > 0 ? undefined : resultOf(frame, plain, given, spot);
  if (result) return result;
  const isLibrary = isType(plain, 'reference');
  for (const value of [...given.positional, ...given.named.values()]) {
    for (const one of value) mayChange(one, isLibrary);
  }
  return notKnown(`it is computed by ${textOf(frame.module, callee).slice(0, 60)}()`, [spot]);
}

function resultOf(
  frame: Frame,
  plain: Possible['plain'],
  given: CallArguments,
  spot: ReturnType<typeof spotOf>,
): Value | undefined {
  if (isType(plain, 'reader')) return callReader(frame, plain, given, spot);
  if (isType(plain, 'function')) return callFunction(frame, plain, given);
  if (isType(plain, 'reference') && plain.path === 'decouple.config')
    return callReader(frame, decouple, given, spot);
  if (isType(plain, 'class') && frame.interpreter.keepsObjects) return known(made(plain, given), [spot]);
  if (isType(plain, 'reference') && frame.interpreter.keepsObjects) {
    const made = makeObject(frame, plain.path, given, spot);
    if (made) return made;
  }
  return isType(plain, 'reference') ? callLibrary(frame, plain.path, given, spot) : undefined;
}

/** An object of a class of the project: what it is made with replaces what the class says. */
function made(plain: PyClass, { positional, named, isOpen }: CallArguments): PyClass {
  const isUnclear = positional.length > 0 || isOpen || plain.scope.names.has('__init__');
  if (named.size === 0 && !isUnclear) return plain;
  const names = new Map(plain.scope.names);
  if (isUnclear) {
    const reason = `an object of ${plain.name} may set it itself`;
    for (const [name, [{ spots }]] of names) names.set(name, notKnown(reason, spots));
  }
  for (const [name, value] of named) names.set(name, value);
  return { ...plain, scope: { ...plain.scope, names } };
}

const decouple: PyReader = { type: 'reader', library: 'decouple', scheme: new Map(), prefix: '' };

/** Functions of libraries leave the settings of an application alone; those of the project that were not understood may not. */
function mayChange({ plain }: Possible, isLibrary: boolean): void {
  const reason = 'a function may have changed it';
  if (isType(plain, 'list') || isType(plain, 'dict')) plain.more = reason;
  if (isLibrary || !isType(plain, 'object')) return;
  const { spot } = plain;
  plain.calls.push({
    name: unseenCall,
    given: { positional: [], named: new Map(), isOpen: true },
    spot,
    isMain: false,
  });
  const config = plain.fields.get('config')?.[0].plain;
  if (isType(config, 'dict')) config.more = reason;
}
