import { instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { ownField } from '../../../callgraph/query/own-field.ts';
import type { Call, ValueId } from '../../../ir/ir.ts';
import { isOfType } from '../../../models/state-traits.ts';
import type { Use } from '../use.ts';

/**
 * Whether a text or bytes are hard-coded, or computed from constants alone: `"..."`, `Buffer.alloc(16)`,
 * `b"\0" * AES.block_size`. False when unknown.
 */
export function fixedBytes(use: Use, value: ValueId): boolean {
  const known = use.frame.values[value]?.consts;
  if (known) return known.length > 0 && known.every((one) => typeof one === 'string' && one !== '');
  return isFixed({ use, left: maxSteps }, { func: use.frame.id, value }, 0);
}

interface Walk {
  readonly use: Use;
  left: number;
}

const maxDepth = 8;
const maxSteps = 200;

function isFixed(walk: Walk, from: Place, depth: number): boolean {
  if (depth > maxDepth || walk.left-- <= 0) return false;
  const { linked } = walk.use.frame;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (id: ValueId): boolean => isFixed(walk, { func: place.func, value: id }, depth + 1);
  const isSize = (id: ValueId | undefined): boolean =>
    id === undefined || isSettled(walk, { func: place.func, value: id }, depth + 1);
  switch (inst?.op) {
    case 'const':
      return inst.value !== undefined && inst.value !== null && inst.value !== '';
    case 'list':
      return inst.items.length > 0 && inst.items.every(at);
    case 'effect':
      return at(inst.value);
    case 'slice':
      return isSize(inst.from) && isSize(inst.to) && isSize(inst.step) && at(inst.object);
    case 'binary': {
      const sides = [inst.left, inst.right];
      // Repeating fixed bytes gives fixed bytes.
      if (inst.operator === '*' && sides.some((side) => !isSize(side) && at(side))) return true;
      return sides.every((side) => isSize(side) || at(side));
    }
    case 'member': {
      if (instOf(linked, { func: place.func, value: inst.object })?.op !== 'this') return false;
      const given = ownField(linked, place.func, inst.name) ?? [];
      return given.length > 0 && given.every((one) => isFixed(walk, one, depth + 1));
    }
    case 'call':
      return isFixedCall(walk, place, inst, at, isSize);
    default:
      return false;
  }
}

/** Methods of a text, of bytes or of a hash that are deterministic. */
const ofSame = /^(?:encode|digest|hexdigest|ljust|rjust|zfill|lower|upper|replace|to_bytes|join)$/;
/** `bytes.fromhex("00")`, `CryptoJS.enc.Hex.parse("00")` */
const decoding = /^(?:fromhex|unhexlify|b64decode|parse)$/;

function isFixedCall(
  walk: Walk,
  { func }: Place,
  { callee, args }: Call,
  at: (id: ValueId) => boolean,
  isSize: (id: ValueId) => boolean,
): boolean {
  const { linked } = walk.use.frame;
  const inst = instOf(linked, { func, value: callee });
  const isGiven = args.every((arg) => isSize(arg) || at(arg));
  if (isOfType(linked.states(func, callee), 'use.Bytes')) return args.length > 0 && isGiven;
  if (inst?.op === 'global') return /^(bytes|bytearray)$/.test(inst.name) && args.length > 0 && isGiven;
  if (inst?.op !== 'member' || !isGiven) return false;
  if (decoding.test(inst.name)) return args.length === 1;
  if (ofSame.test(inst.name)) return at(inst.object);
  // A hash of a fixed value.
  const owner = instOf(linked, { func, value: inst.object });
  return owner?.op === 'import' && owner.specifier === 'hashlib' && args.length > 0;
}

/**
 * Whether a value is a number that never changes while the program runs: `16`, `AES.block_size`, `algorithms.AES.block_size //
 * 8`, `len(PREFIX)`.
 */
function isSettled(walk: Walk, from: Place, depth: number): boolean {
  if (depth > maxDepth || walk.left-- <= 0) return false;
  const { linked } = walk.use.frame;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (value: ValueId): boolean => isSettled(walk, { func: place.func, value }, depth + 1);
  switch (inst?.op) {
    case 'const':
      return typeof inst.value === 'number';
    case 'binary':
      return at(inst.left) && at(inst.right);
    case 'member':
      return /_size$/i.test(inst.name) && isOfImport(walk, { func: place.func, value: inst.object });
    case 'call': {
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      const [first] = inst.args;
      return (
        callee?.op === 'global' &&
        callee.name === 'len' &&
        first !== undefined &&
        isFixed(walk, { func: place.func, value: first }, depth + 1)
      );
    }
    default:
      return false;
  }
}

/** Whether a value is an import or a member of one: `AES`, `algorithms.AES`. */
function isOfImport({ use }: Walk, { func, value }: Place): boolean {
  const inst = instOf(use.frame.linked, { func, value });
  const owner = inst?.op === 'member' ? instOf(use.frame.linked, { func, value: inst.object }) : inst;
  return owner?.op === 'import';
}
