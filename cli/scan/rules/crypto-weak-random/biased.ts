import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { isOfType } from '../../models/state-traits.ts';
import { isA, known, type Use } from '../kit/use.ts';

const maxHops = 12;

/**
 * Whether a remainder of random bytes is biased: in `randomBytes(1)[0] % 10`, each of 0 to 5 is the result for 26 of the
 * 256 byte values, and each of 6 to 9 for only 25. `certain` if the divisor is known, otherwise `likely`. Undefined if
 * there is no bias, as with a divisor of 256, or hardly any, as with 32-bit numbers.
 */
export function isBiased(use: Use): 'certain' | 'likely' | undefined {
  const { inst, frame } = use;
  if (inst.op !== 'binary' || inst.operator !== '%' || !isByte(use, inst.left)) return undefined;
  const divisor = onlyConst(known(use, inst.right))?.value;
  if (typeof divisor === 'number' && (divisor < 2 || 256 % divisor === 0)) return undefined;
  // Rejection sampling: values above a bound are drawn again.
  const isCompared = (usersOf(frame.func).of[inst.left] ?? []).some((user) => {
    const other = frame.inst(user);
    return other.op === 'binary' && /^(<=?|>=?)$/.test(other.operator);
  });
  if (isCompared) return undefined;
  return typeof divisor === 'number' ? 'certain' : 'likely';
}

function isByte(use: Use, value: ValueId): boolean {
  const { linked, id } = use.frame;
  const place = madeBy(linked, { func: id, value });
  const inst = instOf(linked, place);
  switch (inst?.op) {
    case 'index':
      return isBytes(use, { func: place.func, value: inst.object });
    case 'element':
      return isBytes(use, { func: place.func, value: inst.value });
    case 'param':
      return inst.index === 0 && isCallbackOfBytes(use, place.func);
    case 'call': {
      const callee = instOf(linked, { func: place.func, value: inst.callee });
      const name = calleeNameAt(callee);
      const [first] = inst.args;
      if (callee?.op === 'member' && /^readU?[Ii]nt8$/.test(name))
        return isBytes(use, { func: place.func, value: callee.object });
      if (first === undefined || !/^(ord|from_bytes|randbits)$/.test(name)) return false;
      if (name === 'randbits')
        return onlyConst(known(use, first))?.value === 8 && isA(use, inst.callee, 'use.StrongRandom');
      return isBytes(use, { func: place.func, value: first }, name === 'from_bytes');
    }
    default:
      return false;
  }
}

/** Whether a value is bytes of a strong generator. `isOne`: a single byte. */
function isBytes(use: Use, from: Place, isOne = false): boolean {
  const { linked } = use.frame;
  let at = madeBy(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, at);
    if (inst?.op === 'effect') {
      const filled = instOf(linked, { func: at.func, value: inst.call });
      const callee =
        filled?.op === 'call' ? instOf(linked, { func: at.func, value: filled.callee }) : undefined;
      if (filling.test(calleeNameAt(callee)) && isByteArray(use, at)) return !isOne;
      at = madeBy(linked, { func: at.func, value: inst.value });
      continue;
    }
    if (inst?.op === 'list' && inst.spread.length === 1 && inst.items[0] !== undefined) {
      at = madeBy(linked, { func: at.func, value: inst.items[0] });
      continue;
    }
    if (inst?.op !== 'call') return false;
    const [first] = inst.args;
    const callee = instOf(linked, { func: at.func, value: inst.callee });
    const states = linked.states(at.func, inst.callee);
    if (isOfType(states, 'use.SecureBytes')) return !isOne || isConstantOne(use, at.func, first);
    const name = calleeNameAt(callee);
    if (first === undefined) return false;
    if (filling.test(name)) return !isOne && isByteArray(use, { func: at.func, value: first });
    if (!/^(list|bytearray|bytes|from|Uint8Array|iter|enumerate)$/.test(name)) return false;
    at = madeBy(linked, { func: at.func, value: first });
  }
  return false;
}

const filling = /^(getRandomValues|randomFillSync)$/;

/** `new Uint8Array(n)`, after any operations on it. */
function isByteArray(use: Use, from: Place): boolean {
  const { linked } = use.frame;
  let at = madeBy(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, at);
    if (inst?.op === 'call')
      return /^(Uint8(Clamped)?Array|alloc|allocUnsafe)$/.test(
        calleeNameAt(instOf(linked, { func: at.func, value: inst.callee })),
      );
    if (inst?.op !== 'effect') return false;
    at = madeBy(linked, { func: at.func, value: inst.value });
  }
  return false;
}

function isConstantOne(use: Use, func: number, value: ValueId | undefined): boolean {
  const inst = value === undefined ? undefined : instOf(use.frame.linked, { func, value });
  return inst?.op === 'const' && inst.value === 1;
}

/** `Array.from(bytes, (byte) => ...)`, `bytes.map((byte) => ...)` */
function isCallbackOfBytes(use: Use, id: number): boolean {
  const { linked } = use.frame;
  const info = linked.program.functions[id];
  if (!info || info.func.outer < 0) return false;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const around = first + info.func.outer;
  const { code } = linked.program.functions[around]?.func ?? info.func;
  const made = code.findIndex((inst) => inst.op === 'func' && first + inst.func === id);
  return code.some((inst) => {
    if (inst.op !== 'call' || made < 0 || !inst.args.includes(made)) return false;
    const callee = code[inst.callee];
    if (callee?.op !== 'member') return false;
    if (callee.name === 'from') return isBytes(use, { func: around, value: inst.args[0] ?? -1 });
    return /^(map|forEach)$/.test(callee.name) && isBytes(use, { func: around, value: callee.object });
  });
}

function calleeNameAt(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}
