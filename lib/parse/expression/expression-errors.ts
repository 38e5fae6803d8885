import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';

/** @param at - where in the text, in UTF-16 code units */
export function invalidExpression(reason: string, at: number): never {
  refuse(deny('parse/invalid-expression', { reason, at }));
}

export function expressionFailed(reason: string, at: number, cause?: unknown): never {
  refuse(deny('parse/expression-failed', { reason, at }), cause);
}

export function tooCostly(limit: string, most: number): never {
  refuse(deny('parse/expression-too-costly', { limit, most }));
}
