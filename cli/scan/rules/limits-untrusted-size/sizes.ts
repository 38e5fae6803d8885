import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { isBodyField, isHandedField } from './body-field.ts';

/** Functions that allocate as much, or wait as long, as an argument says, with the position of that argument. */
const javascript: Readonly<Record<string, number>> = {
  alloc: 0,
  allocUnsafe: 0,
  allocUnsafeSlow: 0,
  repeat: 0,
  padStart: 0,
  padEnd: 0,
  randomBytes: 0,
  setTimeout: 1,
  setInterval: 1,
  times: 0,
  range: 0,
};
const python: Readonly<Record<string, number>> = {
  range: 0,
  bytes: 0,
  bytearray: 0,
  token_bytes: 0,
  token_hex: 0,
  token_urlsafe: 0,
  urandom: 0,
  sleep: 0,
  zeros: 0,
  ones: 0,
  empty: 0,
  arange: 0,
  ljust: 0,
  rjust: 0,
  zfill: 0,
  new: 1,
  resize: 0,
};
const arrays =
  /^(Array|ArrayBuffer|SharedArrayBuffer|(Uint|Int)(8|16|32)(Clamped)?Array|Big(Uint|Int)64Array|Float(32|64)Array)$/;
const waits = /^(setTimeout|setInterval|sleep)$/;

export const sizeNames: RegExp =
  /^(alloc|allocUnsafe|allocUnsafeSlow|repeat|pad(Start|End)|randomBytes|setTimeout|setInterval|times|range|from|bytes|bytearray|token_(bytes|hex|urlsafe)|urandom|sleep|zeros|ones|empty|arange|[lr]just|zfill|new|resize|\w*Array|\w*ArrayBuffer)$/;

export interface Size {
  readonly value: ValueId;
  readonly message: string;
}

/** Returns the argument that sets how much memory a call allocates, or how long it waits. Undefined for other calls. */
export function sizeOf(use: Use, call: Call): Size | undefined {
  return byHost(use.language, sizes)?.(use, call, calleeName(use, call), use.frame.inst(call.callee));
}

const sizes: ByHost<(use: Use, call: Call, name: string, callee: Inst) => Size | undefined> = {
  javascript: sizeInJavascript,
  python: sizeInPython,
};

function sizeInJavascript(use: Use, call: Call, name: string, callee: Inst): Size | undefined {
  if (arrays.test(name) && callee.op === 'global') {
    const [only, more] = call.args;
    return only === undefined || more !== undefined || isContent(use, only) ? undefined : made(only);
  }
  if (name === 'from' && isArray(use, callee)) {
    const length = lengthOf(use, call.args[0]);
    return length === undefined ? undefined : made(length);
  }
  const position = Object.hasOwn(javascript, name) ? javascript[name] : undefined;
  if (position === undefined || !isPlace(use, callee, name)) return undefined;
  // `timers/promises` takes the time as the first argument.
  return told(name, call.args[waits.test(name) && callee.op === 'import' ? 0 : position]);
}

function sizeInPython(use: Use, call: Call, name: string, callee: Inst): Size | undefined {
  const position = Object.hasOwn(python, name) ? python[name] : undefined;
  if (position === undefined || !isPlace(use, callee, name)) return undefined;
  // `bytes(text)` of untrusted text is no size.
  if (/^byte/.test(name) && (call.args.length !== 1 || !isNumber(use, call.args[0]))) return undefined;
  return told(name, call.args[name === 'range' && call.args.length > 1 ? 1 : position]);
}

function told(name: string, value: ValueId | undefined): Size | undefined {
  if (value === undefined) return undefined;
  return waits.test(name) ? { value, message: 'Untrusted input sets how long the code waits.' } : made(value);
}

/**
 * `new Uint8Array(chunk)` and `bytes(data)` copy their argument. The argument's name, or the call that made it, shows that it is
 * content and no number.
 */
function isContent(use: Use, value: ValueId): boolean {
  const { frame } = use;
  if (frame.values[value]?.shape === 'list') return true;
  const { linked } = frame;
  const place = madeBy(linked, { func: frame.id, value });
  const inst = instOf(linked, place);
  if (inst?.op === 'param')
    return (
      contents.test(linked.program.functions[place.func]?.func.params[inst.index]?.name ?? '') &&
      !isHandedField(linked, place.func, inst.index)
    );
  if (inst?.op === 'member') return contents.test(inst.name) && !isBodyField(linked, place);
  if (inst?.op !== 'call') return false;
  const callee = instOf(linked, { func: place.func, value: inst.callee });
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  return bytesMakers.test(name) || (inst.isNew === true && arrays.test(name));
}

const contents =
  /^(raw)?(chunk|data|buf|buffer|bytes|body|payload|message|packet|array|view|input|content)s?$/i;
/** Functions that return bytes, a list, or a part of one. */
const bytesMakers =
  /^(arrayBuffer|bytes|buffer|rawBody|toBuffer|toByteArray|readFile(Sync)?|read|slice|subarray|concat|from|of|encode|digest|map|filter|atob|base64ToBytes)$/;

/** Whether a value is certainly a number, or a parameter whose name doesn't say that it is content. */
function isNumber(use: Use, value: ValueId | undefined): boolean {
  if (value === undefined) return false;
  const { frame } = use;
  if (frame.values[value]?.shape === 'number') return true;
  return frame.inst(value).op === 'param' && !isContent(use, value);
}

function made(value: ValueId): Size {
  return {
    value,
    message: 'Untrusted input sets the size of this allocation or computation, without an upper bound.',
  };
}

function isArray(use: Use, callee: Inst): boolean {
  const owner = callee.op === 'member' ? use.frame.inst(callee.object) : undefined;
  return owner?.op === 'global' && arrays.test(owner.name);
}

/** `Array.from({ length })` */
function lengthOf(use: Use, value: ValueId | undefined): ValueId | undefined {
  const inst = value === undefined ? undefined : use.frame.inst(value);
  return inst?.op === 'object' ? inst.values[inst.keys.indexOf('length')] : undefined;
}

const builtins = /^(range|bytes|bytearray|setTimeout|setInterval)$/;
/** Objects and modules with such functions. */
const owners =
  /^(Buffer|(node:)?crypto|(node:)?timers(\/promises)?|window|globalThis|_|lodash|Image|secrets|os|time|asyncio|np|numpy)$/;

/** Whether this is the function that is meant, and not another one of that name: a builtin, a library's, or a string's method. */
function isPlace(use: Use, callee: Inst, name: string): boolean {
  if (callee.op === 'global') return builtins.test(name);
  if (callee.op === 'import') return owners.test(callee.specifier);
  if (callee.op !== 'member') return false;
  if (/^(repeat|pad(Start|End)|[lr]just|zfill)$/.test(name)) return true;
  const owner = use.frame.inst(callee.object);
  if (owner.op === 'global') return owners.test(owner.name);
  return owner.op === 'import' && (owners.test(owner.specifier) || owner.name === 'Image');
}
