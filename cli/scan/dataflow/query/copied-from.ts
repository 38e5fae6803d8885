import { maxCopies } from '../../budgets/dataflow.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';

const copying: ReadonlySet<string> = new Set(['bytes', 'bytearray', 'memoryview', 'str', 'String']);
const converting: ReadonlySet<string> = new Set(['encode', 'toString', 'tobytes']);
/** Functions whose result holds all of their argument: `Buffer.from(x)`, `json.dumps(x)`, and Django's. */
const passing: ReadonlySet<string> = new Set(['from', 'stringify', 'dumps', 'force_bytes', 'to_bytes']);

/**
 * The value, followed by the values with the same content that it was copied or converted from: `text.encode()` ->
 * `text.encode()`, `text`.
 */
export function copiedFrom(frame: FunctionView, value: ValueId): readonly ValueId[] {
  const found = [value];
  for (let at = source(frame, value); at !== undefined && found.length < maxCopies; at = source(frame, at))
    found.push(at);
  return found;
}

function source(frame: FunctionView, value: ValueId): ValueId | undefined {
  const inst = frame.inst(value);
  switch (inst.op) {
    case 'await':
    case 'effect':
    case 'typed':
    case 'cell-store':
      return inst.value;
    case 'call':
      return inst.spread ? undefined : ofCall(frame, inst);
    default:
      return undefined;
  }
}

function ofCall(frame: FunctionView, { callee, args }: Call): ValueId | undefined {
  const [first] = args;
  const inst = frame.inst(callee);
  if (inst.op === 'global') return copying.has(inst.name) ? first : undefined;
  if (inst.op !== 'member' && inst.op !== 'import') return undefined;
  if (passing.has(inst.name)) return first;
  if (inst.op !== 'member' || !converting.has(inst.name)) return undefined;
  // `text.encode('utf-8')` copies its receiver, `encoder.encode(text)` its argument.
  return first === undefined || frame.inst(first).op === 'const' ? inst.object : first;
}
