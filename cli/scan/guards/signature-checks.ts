import { maxSignatureDepth } from '../budgets/guards.ts';
import { deepTaints, unknown } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds } from '../dataflow/domain/kinds.ts';
import { copiedFrom } from '../dataflow/query/copied-from.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';

/** Names of functions that compare signatures in constant time. */
const comparing: ReadonlySet<string> = new Set([
  'compare_digest',
  'constant_time_compare',
  'safe_str_cmp',
  'timingSafeEqual',
]);

/**
 * What a true result of a signature comparison proves, such as `hmac.compare_digest(sign(payload), signature)`: the payload
 * is trusted, since it was signed with a secret key. A hash without a key proves nothing, because an attacker can compute
 * it.
 */
export function signatureChecks(frame: FunctionView, inst: Inst & Call): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if ((callee.op !== 'member' && callee.op !== 'import') || !comparing.has(callee.name)) return none;
  return signedBy(frame, inst.args);
}

/**
 * What is proven if these values are equal, such as in `signature === sign(payload)`. If one of them is a signature made
 * with a secret key, the signed payload is trusted.
 */
export function signedBy(frame: FunctionView, compared: readonly ValueId[]): readonly Check[] {
  const signed = new Set<ValueId>();
  for (const value of compared) collect(frame, value, signed, 0);
  if (signed.size === 0) return none;
  return [...signed]
    .flatMap((value) => copiedFrom(frame, value))
    .map((value) => ({ value, clean: allKinds }));
}

function collect(frame: FunctionView, value: ValueId, signed: Set<ValueId>, depth: number): void {
  const inst = frame.inst(value);
  if (depth > maxSignatureDepth) return;
  switch (inst.op) {
    case 'effect': {
      // `mark.update(payload)`, where the digest is read later.
      const call = frame.inst(inst.call);
      if (inst.arg < 0 && call.op === 'call')
        for (const one of signedIn(frame, inst.call, call) ?? []) signed.add(one);
      collect(frame, inst.value, signed, depth + 1);
      return;
    }
    case 'await':
    case 'typed':
    case 'cell-store':
      collect(frame, inst.value, signed, depth + 1);
      return;
    case 'binary':
      for (const side of [inst.left, inst.right]) collect(frame, side, signed, depth + 1);
      return;
    case 'text':
      for (const part of inst.parts) collect(frame, part, signed, depth + 1);
      return;
    case 'call':
      for (const one of signedIn(frame, value, inst) ?? []) signed.add(one);
      if (isConversion(frame, inst)) for (const arg of inst.args) collect(frame, arg, signed, depth + 1);
      collectReceiver(frame, inst, signed, depth);
      return;
  }
}

/** Whether a call converts a signature: `Buffer.from(mark, 'hex')`, `bytes.fromhex(mark)`. */
function isConversion(frame: FunctionView, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  return inst.op === 'member' && (inst.name === 'from' || inst.name === 'fromhex' || inst.name === 'encode');
}

function collectReceiver(frame: FunctionView, { callee }: Call, signed: Set<ValueId>, depth: number): void {
  const inst = frame.inst(callee);
  if (inst.op === 'member') collect(frame, inst.object, signed, depth + 1);
}

/**
 * The payload that a call signs. The callee is a library function, or a project function that computes an HMAC. Undefined for other
 * calls, and for keys from a source.
 */
function signedIn(frame: FunctionView, value: ValueId, inst: Call): readonly ValueId[] | undefined {
  const callee = frame.inst(inst.callee);
  if (callee.op === 'member' && callee.name === 'update')
    return isHmac(frame, callee.object) ? inst.args : undefined;
  if (isHmacCall(frame.func.code, inst)) return hasOwnKey(frame, inst) ? inst.args.slice(1) : undefined;
  const targets = frame.linked.targets(frame.id, value);
  const makesHmac = targets.some(({ func }) => {
    const code = frame.linked.program.functions[func]?.func.code ?? [];
    return code.some((one) => one.op === 'call' && isHmacCall(code, one));
  });
  return makesHmac ? inst.args : undefined;
}

function isHmac(frame: FunctionView, value: ValueId): boolean {
  let at = value;
  for (let depth = 0; depth < maxSignatureDepth; depth++) {
    const inst = frame.inst(at);
    if (inst.op === 'effect' || inst.op === 'cell-store') at = inst.value;
    else if (inst.op !== 'call') return false;
    else if (isHmacCall(frame.func.code, inst)) return hasOwnKey(frame, inst);
    else {
      const callee = frame.inst(inst.callee);
      if (callee.op !== 'member') return false;
      at = callee.object;
    }
  }
  return false;
}

/** Whether the key of an HMAC holds no untrusted data. A signature with an untrusted key proves nothing. */
function hasOwnKey(frame: FunctionView, { callee, args }: Call): boolean {
  const inst = frame.inst(callee);
  const isNode = (inst.op === 'member' || inst.op === 'import') && inst.name === 'createHmac';
  const key = args[isNode ? 1 : 0];
  return (
    key !== undefined &&
    !deepTaints(frame.values[key] ?? unknown).some(({ origin }) => origin.kind === 'source')
  );
}

/** Whether a call computes an HMAC: `hmac.new(key, data)`, `hmac.digest(key, data)`, `createHmac('sha256', key)`. */
function isHmacCall(code: readonly Inst[], { callee }: Call): boolean {
  const inst = code[callee];
  if (inst?.op === 'import') return inst.name === 'createHmac' || inst.specifier === 'hmac';
  if (inst?.op !== 'member') return false;
  if (inst.name === 'createHmac') return true;
  const object = code[inst.object];
  return (
    (inst.name === 'new' || inst.name === 'digest') && object?.op === 'import' && object.specifier === 'hmac'
  );
}
