import type { Node } from '../../scan/python/tree.ts';
import { argumentsOf, type CallArguments } from './call-arguments.ts';
import { callFunction } from './call-function.ts';
import { callLibrary } from './call-library.ts';
import { callMethod } from './call-method.ts';
import { callReader, readerMethod } from './call-reader.ts';
import type { Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { isType, notKnown, type Possible, type PyReader, type Value } from './value.ts';

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
  return callMethod(self, name, given, spotOf(frame.module, node));
}

function ofFunction(frame: Frame, node: Node, callee: Node, given: CallArguments): Value {
  const [{ plain }, ...others] = frame.interpreter.evaluate(frame, callee);
  const spot = spotOf(frame.module, node);
  const result = others.length > 0 ? undefined : resultOf(frame, plain, given, spot);
  if (result) return result;
  for (const value of [...given.positional, ...given.named.values()]) value.forEach(mayChange);
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
  return isType(plain, 'reference') ? callLibrary(frame, plain.path, given, spot) : undefined;
}

const decouple: PyReader = { type: 'reader', library: 'decouple', scheme: new Map(), prefix: '' };

function mayChange({ plain }: Possible): void {
  if (isType(plain, 'list') || isType(plain, 'dict')) plain.more = 'a function may have changed it';
}
