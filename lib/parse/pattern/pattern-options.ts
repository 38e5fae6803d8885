import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { limit } from '../limit.ts';

export interface PatternLimits {
  /** The longest pattern, in characters. 1,000 by default. */
  readonly maxLength: number;
  /** The largest compiled pattern, in instructions. A character is one, and `x{100}` is a hundred. 1,000 by default. */
  readonly maxInstructions: number;
  /** The longest text to match, in characters. 10,000 by default. */
  readonly maxInputLength: number;
}

export interface PatternOptions extends Partial<PatternLimits> {
  /** `i` ignores case, `m` lets ^ and $ match at line ends, `s` lets . match a line end. None by default. */
  readonly flags?: string;
}

export function readPatternOptions(options: PatternOptions): PatternLimits & { readonly flags: string } {
  const own = knownOptions(options, ['flags', 'maxLength', 'maxInstructions', 'maxInputLength']);
  const flags: unknown = own.flags ?? '';
  if (typeof flags !== 'string' || !/^(?!.*(.).*\1)[ims]*$/.test(flags)) {
    throw new Misuse('bulwark/invalid-option', 'flags takes i, m and s, each at most once.');
  }
  return {
    flags,
    maxLength: limit('maxLength', own.maxLength, 1_000, 1, 100_000),
    maxInstructions: limit('maxInstructions', own.maxInstructions, 1_000, 1, 100_000),
    maxInputLength: limit('maxInputLength', own.maxInputLength, 10_000, 1, 100_000_000),
  };
}
