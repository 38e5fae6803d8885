import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { estimateSize } from './estimate-size.ts';
import type { PatternLimits } from './pattern-options.ts';

/** The checks of a pattern before it is compiled. Pure. */
export function judgePattern(
  pattern: unknown,
  { maxLength, maxInstructions }: PatternLimits,
): Decision<'parse/invalid-pattern' | 'parse/pattern-too-costly'> {
  if (typeof pattern !== 'string') return invalid('not a string');
  if (pattern.length > maxLength)
    return deny('parse/pattern-too-costly', { limit: 'maxLength', most: maxLength });
  if (!pattern.isWellFormed()) return invalid('half of a surrogate pair');
  const reason = unsupported(pattern);
  if (reason !== undefined) return invalid(reason);
  // The estimate is rough, because the compiler simplifies: it only keeps far too large patterns from being compiled.
  return estimateSize(pattern) > 10 * maxInstructions
    ? deny('parse/pattern-too-costly', { limit: 'maxInstructions', most: maxInstructions })
    : allowed;
}

function invalid(reason: string): Denied<'parse/invalid-pattern'> {
  return deny('parse/invalid-pattern', { reason });
}

/** Syntax that JavaScript has and RE2 lacks, or reads differently. A class may contain `(?=`, so escapes and classes are skipped as units. */
function unsupported(pattern: string): string | undefined {
  for (const [unit] of pattern.matchAll(
    /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\\$|\[:\w+:\]|[^\]\\])*(?:\]|$)|\(\?<?[=!]/g,
  )) {
    if (unit.startsWith('(')) return unit.includes('<') ? 'lookbehind' : 'lookahead';
    if (/^\\[1-9k]/.test(unit)) return 'a backreference';
    if (/^\\[QE]/.test(unit)) return 'an unknown escape';
  }
  return undefined;
}
