import type { Scalar } from 'yaml';
import { type Decision, deny } from '../../refusal/decision.ts';
import type { Position } from '../position.ts';

interface NumberPolicy {
  readonly maxIntegerDigits: number;
  readonly bigints: 'keep' | 'refuse';
}

type Read =
  | { readonly value: unknown }
  | Extract<Decision<'parse/invalid-number' | 'parse/invalid-text'>, { readonly allow: false }>;

const format = 'yaml';

/** The value of a scalar in the core schema of YAML 1.2, with exact integers beyond 2^53 - 1. */
export function readScalar(scalar: Scalar, position: () => Position, policy: NumberPolicy): Read {
  const { value, source = '' } = scalar;
  if (typeof value === 'string') {
    if (value.isWellFormed()) return { value };
    return deny('parse/invalid-text', { format, reason: 'half a surrogate pair' });
  }
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return { value };
  const refused = (reason: string): Read => deny('parse/invalid-number', { format, reason, ...position() });
  if (/^(?:[-+]?\d+|0o[0-7]+|0x[\da-f]+)$/i.test(source)) {
    if (policy.bigints === 'refuse') return refused('an integer beyond 2^53 - 1');
    if (source.length > policy.maxIntegerDigits) {
      return refused('an integer with more digits than maxIntegerDigits');
    }
    return { value: source.startsWith('-') ? -BigInt(source.slice(1)) : BigInt(source.replace('+', '')) };
  }
  // `.inf` and `.nan` are written on purpose.
  return Number.isFinite(value) || /\.(?:inf|nan)$/i.test(source)
    ? { value }
    : refused('it overflows to infinity');
}
