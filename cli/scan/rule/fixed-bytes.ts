import type { ValueId } from '../ir/ir.ts';
import { instOf, madeBy, type Place } from './made-by.ts';
import type { Use } from './use.ts';

/** Whether a value is a text, or bytes, that stand in the code: `"..."`, `Buffer.alloc(16)`, `b"\0" * 16`. */
export function fixedBytes(use: Use, value: ValueId): boolean {
  const known = use.frame.values[value]?.consts;
  if (known) return known.length > 0 && known.every((one) => typeof one === 'string' && one !== '');
  return isFixed(use, { func: use.frame.id, value }, 0);
}

function isFixed(use: Use, from: Place, depth: number): boolean {
  if (depth > 5) return false;
  const { linked } = use.frame;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (id: ValueId): boolean => isFixed(use, { func: place.func, value: id }, depth + 1);
  switch (inst?.op) {
    case 'const':
      return inst.value !== undefined && inst.value !== null && inst.value !== '';
    case 'list':
      return inst.items.length > 0 && inst.items.every(at);
    case 'binary':
      return at(inst.left) && at(inst.right);
    case 'call': {
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      const isBytes = linked.states(place.func, inst.callee).some((state) => state.name === 'use.Bytes');
      if (isBytes) return inst.args.length > 0 && inst.args.every(at);
      if (callee?.op === 'global')
        return /^(bytes|bytearray)$/.test(callee.name) && inst.args.length > 0 && inst.args.every(at);
      if (callee?.op !== 'member') return false;
      // `"00".encode()`, `bytes.fromhex("00")`, `CryptoJS.enc.Hex.parse("00")`
      if (callee.name === 'encode') return at(callee.object);
      return (
        /^(fromhex|unhexlify|b64decode|parse)$/.test(callee.name) &&
        inst.args.length === 1 &&
        inst.args.every(at)
      );
    }
    default:
      return false;
  }
}
