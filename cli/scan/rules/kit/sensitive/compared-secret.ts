import type { Call, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { calleeName, type Use } from '../use.ts';
import { isSentByOthers } from '../value/sent-by-others.ts';
import { isMadeUpKey, looksSecret, type SecretKind, secretKind } from './secret-text.ts';

/** A comparison of a value with a password or key that is written in the code. */
export interface Compared {
  /** The name of the value that the secret is compared with. */
  readonly name: string;
  readonly kind: SecretKind;
  /** The literal. */
  readonly at: ValueId;
  /** The value that the literal is compared with. */
  readonly other: ValueId;
}

/**
 * Finds a comparison with a literal password or key: `form["password"] == "..."`, `compare_digest(password.encode(),
 * b"...")`. Undefined if the use is no such comparison.
 */
export function comparedSecret(use: Use): Compared | undefined {
  if (use.inst.op === 'binary' && !mayBeText(use, use.inst.left) && !mayBeText(use, use.inst.right))
    return undefined;
  const [left, right] = sidesOf(use);
  if (left === undefined || right === undefined) return undefined;
  return secretOf(use, left, right) ?? secretOf(use, right, left);
}

function sidesOf(use: Use): readonly ValueId[] {
  const { inst } = use;
  if (inst.op === 'binary') return [inst.left, inst.right];
  return inst.op === 'call' && /^(compare_digest|safe_str_cmp)$/.test(calleeName(use, inst)) ? inst.args : [];
}

/** Whether a value is a literal text, or a call's result that is made of one. */
function mayBeText({ frame }: Use, value: ValueId): boolean {
  const inst = frame.inst(value);
  return inst.op === 'call' || (inst.op === 'const' && typeof inst.value === 'string');
}

function secretOf(use: Use, sent: ValueId, literal: ValueId): Compared | undefined {
  if (!mayBeText(use, literal)) return undefined;
  const at = withoutEncode(use, literal);
  const text = use.frame.inst(at);
  if (text.op !== 'const' || typeof text.value !== 'string') return undefined;
  const name = nameOf(use, withoutEncode(use, sent));
  const kind = name === undefined ? undefined : secretKind(name);
  if (name === undefined || kind === undefined || states.test(text.value)) return undefined;
  // A key that grants access counts even if it resembles a placeholder.
  const isSecret =
    looksSecret(text.value, kind) ||
    (kind === 'key' && isMadeUpKey(text.value) && isSentByOthers(use.frame, sent));
  return isSecret ? { name, kind, at, other: sent } : undefined;
}

/** Matches codes of errors and states, and names of algorithms: `must_be_8_chars`, `too-short-8`, `sha256`. */
const states =
  /^[a-z]+([_-][a-z\d]+){2,}$|^(sha|md|aes|rsa|[hrep]s|base|utf|argon|pbkdf|oauth|v)[-_]?\d+\w{0,20}$/i;

/** `text.encode("utf-8")` */
function withoutEncode({ frame }: Use, value: ValueId): ValueId {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return callee?.op === 'member' && /^(encode|strip|trim)$/.test(callee.name) ? callee.object : value;
}

/** The name of the member, entry, variable or parameter that a value is read from. Undefined if it has none. */
function nameOf(use: Use, value: ValueId): string | undefined {
  const { frame } = use;
  const inst = frame.inst(value);
  switch (inst.op) {
    case 'member':
      return inst.name;
    case 'index':
      return textOf(use, inst.key);
    case 'param':
      return frame.func.params[inst.index]?.name;
    case 'cell-load':
      return frame.linked.program.modules[frame.info.module]?.cells[inst.cell]?.name;
    case 'call':
      return localNames(frame.func, value)[0] ?? entryRead(use, inst);
    default:
      return localNames(frame.func, value)[0];
  }
}

/** `form.get("password")` */
function entryRead(use: Use, call: Call): string | undefined {
  return /^(get|getlist|header)$/.test(calleeName(use, call)) ? textOf(use, call.args[0] ?? -1) : undefined;
}

function textOf({ frame }: Use, value: ValueId): string | undefined {
  const inst = value < 0 ? undefined : frame.inst(value);
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}
