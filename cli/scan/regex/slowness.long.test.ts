import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { exponentialExpressions, polynomialExpressions } from './slow-expressions.ts';
import { type Slowness, slowness } from './slowness.ts';

/** Each expression is really run here; slowness.test.ts runs a few of them. */
const limitMs = 150;

/** Whether a matcher takes longer than the limit for the text that the analysis made. */
function isSlow(expression: RegExp, found: Slowness, pumps: number): boolean {
  const text = found.prefix + found.pump.repeat(pumps) + found.suffix;
  try {
    vm.runInNewContext('text.replace(expression, "")', { text, expression }, { timeout: limitMs });
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true;
    throw error;
  }
}

const of = ({ source, flags }: RegExp): Slowness | undefined => slowness(source, flags, 'ecmascript');

describe('exponential', () => {
  test.each(exponentialExpressions)('%s', (_, expression) => {
    const found = of(expression);
    expect(found?.kind).toBe('exponential');
    expect(isSlow(expression, found as Slowness, 60)).toBe(true);
  });
});

describe('polynomial', () => {
  test.each(polynomialExpressions)('%s', (_, expression) => {
    const found = of(expression);
    expect(found?.kind).toBe('polynomial');
    expect(found?.degree).toBeGreaterThan(1);
    expect(isSlow(expression, found as Slowness, Math.ceil(100_000 / (found as Slowness).pump.length))).toBe(
      true,
    );
  });
});
