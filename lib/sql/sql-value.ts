import { types } from 'node:util';
import { allowed, type Decision, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';

type Code = 'sql/missing-value' | 'sql/object-as-value' | 'sql/invalid-value' | 'sql/unstorable-text';

/** What can be bound to a placeholder by itself. */
export type SqlScalar = string | number | bigint | boolean | null | Date | Uint8Array;

/** What a hole takes besides another `Sql`: a scalar, or a list of them, which is bound as one array. */
export type SqlValue = SqlScalar | readonly SqlScalar[];

/** A value that was decided on. Lists and dates are copies, so that nobody changes them afterwards. */
export type BoundValue = SqlScalar | readonly SqlScalar[];

/** Whether a value may be bound. Pure, except that functions and symbols, which no client can send, throw a `Misuse`. */
export function decideValue(value: unknown): Decision<Code> {
  return Array.isArray(value) ? decideList(value) : decideScalar(value);
}

/** The value as it is bound, for one that was allowed. */
export function boundValue(value: unknown): BoundValue {
  if (Array.isArray(value)) return Object.freeze(value.map((item) => boundValue(item) as SqlScalar));
  if (types.isDate(value)) return new Date(value.getTime());
  return value as SqlScalar;
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
  return deny('sql/object-as-value', { type: 'object', keys: Object.keys(value).slice(0, 8).join(', ') });
}

function decideList(list: readonly unknown[]): Decision<Code> {
  // An index, because iteration and `every` leave out or hide the gaps of a sparse list.
  for (let i = 0; i < list.length; i++) {
    const decision = decideScalar(list[i]);
    if (!decision.allow) return decision;
  }
  return allowed;
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
