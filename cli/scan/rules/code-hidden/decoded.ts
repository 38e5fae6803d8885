import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';

/** Functions and methods that decode a text. */
const decoding =
  /^(atob|fromCharCode|fromCodePoint|unescape|b(16|32|64|85)decode|a85decode|urlsafe_b64decode|standard_b64decode|decodebytes|decodestring|fromhex|unhexlify|a2b_(hex|base64)|decompress|(inflate|gunzip|unzip|inflateRaw|brotliDecompress)Sync|inflate|ungzip)$/;

/** Functions that return their argument in another form. */
const passing =
  /^(toString|String|str|bytes|bytearray|decode|encode|join|reverse|reversed|split|map|trim|strip|compile|loads|eval|list|from|concat|replace|slice|Uint8Array|TextDecoder|lambda)$/;

const encodings = /^(hex|base-?64(url)?|base64_codec|hex_codec|rot_?13|zlib|zip|bz2|latin-?1_hex|uu)$/i;

/** A shorter text is no program, but a character that is hard to type, or a separator. */
const minLength = 8;
const maxDepth = 16;
const maxSteps = 300;

interface Walk {
  readonly linked: Linked;
  left: number;
}

/** The call that determines the parameters. */
interface Context {
  readonly func: number;
  readonly call: Call;
  readonly caller: number;
  readonly around: Context | undefined;
}

type Found = 'plain' | 'decoded' | undefined;

/** Whether a value is decoded from a literal of the code, such as `atob('...')`. */
export function isDecodedConstant(linked: Linked, place: Place): boolean {
  return walk({ linked, left: maxSteps }, place, undefined, 0) === 'decoded';
}

function walk(state: Walk, from: Place, context: Context | undefined, depth: number): Found {
  if (depth > maxDepth || state.left-- <= 0) return undefined;
  const place = madeBy(state.linked, from);
  const inst = instOf(state.linked, place);
  const at = (value: ValueId | undefined): Found =>
    value === undefined ? undefined : walk(state, { func: place.func, value }, context, depth + 1);
  switch (inst?.op) {
    case 'const':
      return typeof inst.value === 'string' && inst.value.length >= minLength ? 'plain' : undefined;
    case 'list':
      return isNumbers(state.linked, place.func, inst.items) ? 'plain' : undefined;
    case 'text':
      return joined(inst.parts.slice(0, 20).map(at));
    case 'binary':
      return inst.operator === '+' ? joined([at(inst.left), at(inst.right)]) : undefined;
    case 'slice':
      // A step of -1 reverses it.
      return (inst.step !== undefined || (inst.from === undefined && inst.to === undefined)) &&
        at(inst.object)
        ? 'decoded'
        : undefined;
    case 'effect':
      return at(inst.value);
    case 'param': {
      const arg = context?.func === place.func ? context.call.args[inst.index] : undefined;
      return arg === undefined || !context
        ? undefined
        : walk(state, { func: context.caller, value: arg }, context.around, depth + 1);
    }
    case 'call':
      return ofCall(state, place, inst, context, depth, at);
    default:
      return undefined;
  }
}

function ofCall(
  state: Walk,
  place: Place,
  call: Call,
  context: Context | undefined,
  depth: number,
  at: (value: ValueId | undefined) => Found,
): Found {
  const callee = instOf(state.linked, { func: place.func, value: call.callee });
  const name = nameOf(callee);
  const [first] = call.args;
  if (decoding.test(name)) {
    if (/^from(CharCode|CodePoint)$/.test(name)) return fromCodes(state.linked, place.func, call, at);
    return at(first) ? 'decoded' : undefined;
  }
  const receiver = callee?.op === 'member' ? at(callee.object) : undefined;
  const found = passing.test(name) ? (receiver ?? at(first)) : undefined;
  if (found) return isDecoding(state.linked, place.func, call, name) ? 'decoded' : found;
  const [target, more] = state.linked.targets(place.func, place.value);
  const func = target && state.linked.program.functions[target.func]?.func;
  if (!func || more) return undefined;
  const inner: Context = { func: target.func, call, caller: place.func, around: context };
  const [returned, other] = [...usersOf(func).returned].filter((value) => func.code[value]?.op !== 'const');
  return returned === undefined || other !== undefined
    ? undefined
    : walk(state, { func: target.func, value: returned }, inner, depth + 1);
}

/** `Buffer.from(text, 'hex')`, `codecs.decode(text, 'rot13')`, `Buffer.from([99, 111, ...])`, `split('').reverse()` */
function isDecoding(linked: Linked, func: number, call: Call, name: string): boolean {
  if (name === 'reverse' || name === 'reversed') return true;
  if (name === 'map') return true;
  if (/^(bytes|bytearray|from|Uint8Array)$/.test(name) && call.args[0] !== undefined) {
    const made = instOf(linked, madeBy(linked, { func, value: call.args[0] }));
    if (made?.op === 'list') return true;
  }
  if (name !== 'from' && name !== 'decode' && name !== 'encode' && name !== 'toString') return false;
  return call.args.some((arg) => {
    const inst = instOf(linked, madeBy(linked, { func, value: arg }));
    return inst?.op === 'const' && typeof inst.value === 'string' && encodings.test(inst.value);
  });
}

function fromCodes(linked: Linked, func: number, call: Call, at: (value: ValueId) => Found): Found {
  const [first] = call.args;
  if (call.spread && first !== undefined) return at(first) ? 'decoded' : undefined;
  if (call.args.length >= minLength) return isNumbers(linked, func, call.args) ? 'decoded' : undefined;
  const inst = instOf(linked, { func, value: call.callee });
  // `String.fromCharCode.apply(null, [...])`
  return inst?.op === 'member' && inst.name === 'apply' ? at(call.args[1] ?? -1) : undefined;
}

function isNumbers(linked: Linked, func: number, items: readonly ValueId[]): boolean {
  if (items.length < minLength) return false;
  return items.slice(0, 64).every((value) => {
    const inst = instOf(linked, { func, value });
    return inst?.op === 'const' && typeof inst.value === 'number';
  });
}

/** All parts are literals, and one of them is encoded. */
function joined(parts: readonly Found[]): Found {
  if (parts.includes('decoded')) return 'decoded';
  return parts.includes('plain') ? 'plain' : undefined;
}

function nameOf(inst: Inst | undefined): string {
  if (inst?.op === 'member' || inst?.op === 'global') return inst.name;
  return inst?.op === 'import'
    ? inst.name === 'default' || inst.name === '*'
      ? inst.specifier
      : inst.name
    : '';
}
