import { types } from 'node:util';
import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';

type Code = 'sql/missing-value' | 'sql/object-as-value' | 'sql/invalid-value' | 'sql/unstorable-text';

/** A single value that can be bound to a placeholder. */
export type SqlScalar = string | number | bigint | boolean | null | Date | Uint8Array;

/** What a placeholder accepts besides another `Sql`: a scalar, or a list of scalars, which is bound as one array. */
export type SqlValue = SqlScalar | readonly SqlScalar[];

/** Lists and dates are copies, so that nobody changes them afterwards. */
export type BoundValue = SqlScalar | readonly SqlScalar[];

/** A value that was decided on, as it is bound. */
type Taken = { readonly allow: true; readonly value: BoundValue } | Denied<Code>;

/**
 * Whether a value may be bound, and what is bound then. Every element and every date is read once: what was decided on
 * is what is bound, whatever a getter or a proxy says the second time. Functions and symbols, which no client can send,
 * throw a `Misuse`.
 */
export function takeValue(value: unknown): Taken {
  return Array.isArray(value) ? takeList(value) : takeScalar(value);
}

function takeList(list: readonly unknown[]): Taken {
  const copy: SqlScalar[] = [];
  const { length } = list;
  // An index, because iteration and `map` are the list's own, and hide the gaps of a sparse one.
  for (let i = 0; i < length; i++) {
    const taken = takeScalar(list[i]);
    if (!taken.allow) return taken;
    copy.push(taken.value as SqlScalar);
  }
  return { allow: true, value: Object.freeze(copy) };
}

function takeScalar(value: unknown): Taken {
  const copy = types.isDate(value) ? copyDate(value) : ownBytes(value);
  const decision = decideScalar(copy);
  return decision.allow ? { allow: true, value: copy as SqlScalar } : decision;
}

/** By the prototype's method, because a date can have a `getTime` of its own. */
function copyDate(date: Date): Date {
  return new Date(Date.prototype.getTime.call(date));
}

/** Bytes of another realm (`vm`, the test runners' browsers) are none to drivers, which ask by `instanceof`. */
function ownBytes(value: unknown): unknown {
  return types.isUint8Array(value) && !(value instanceof Uint8Array) ? new Uint8Array(value) : value;
}

function decideScalar(value: unknown): Decision<Code> {
  switch (typeof value) {
    case 'string':
      return decideText(value);
    case 'number':
      return Number.isFinite(value) ? allowed : deny('sql/invalid-value', { type: String(value) });
    case 'bigint':
    case 'boolean':
      return allowed;
    case 'undefined':
      return deny('sql/missing-value', { type: 'undefined' });
    case 'object':
      return decideObject(value);
    default:
      throw new Misuse('sql/unsupported-value', `It is a ${typeof value}.`);
  }
}

function decideObject(value: object | null): Decision<Code> {
  if (value === null || types.isUint8Array(value)) return allowed;
  if (types.isDate(value)) {
    return Number.isFinite(value.getTime()) ? allowed : deny('sql/invalid-value', { type: 'invalid date' });
  }
  if (Array.isArray(value)) return deny('sql/object-as-value', { type: 'nested list' });
  return deny('sql/object-as-value', { type: 'object', keys: keysOf(value) });
}

/** A proxy runs code of its own for each question. */
function keysOf(value: object): string {
  return types.isProxy(value) ? '' : Object.keys(value).slice(0, 8).join(', ');
}

/**
 * PostgreSQL stores no NUL, and no encoder can write half of a surrogate pair: it would become U+FFFD, so that two
 * different names would be stored as the same one.
 */
function decideText(text: string): Decision<Code> {
  return unstorable.test(text)
    ? deny('sql/unstorable-text', { type: text.includes('\0') ? 'NUL' : 'lone surrogate' })
    : allowed;
}

// With the flag u a whole pair is one code point, and only halves are of the category Cs.
const unstorable = /[\0\p{Cs}]/u;
