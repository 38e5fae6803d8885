import { spawnSync } from 'node:child_process';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { exponentialExpressions, polynomialExpressions, quickExpressions } from './slow-expressions.ts';
import { type Slowness, slowness } from './slowness.ts';

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

/** A few are really run here; slowness.long.test.ts runs all of them. */
const isRun = (index: number): boolean => index % 8 === 0;
const indexed = (all: readonly (readonly [string, RegExp])[]): (readonly [string, RegExp, number])[] =>
  all.map(([name, expression], index) => [name, expression, index]);

const of = ({ source, flags }: RegExp): Slowness | undefined => slowness(source, flags, 'ecmascript');

describe('exponential', () => {
  test.each(indexed(exponentialExpressions))('%s', (_, expression, index) => {
    const found = of(expression);
    expect(found?.kind).toBe('exponential');
    if (isRun(index)) expect(isSlow(expression, found as Slowness, 60)).toBe(true);
  });
});

describe('polynomial', () => {
  test.each(indexed(polynomialExpressions))('%s', (_, expression, index) => {
    const found = of(expression);
    expect(found?.kind).toBe('polynomial');
    expect(found?.degree).toBeGreaterThan(1);
    if (!isRun(index)) return;
    expect(isSlow(expression, found as Slowness, Math.ceil(100_000 / (found as Slowness).pump.length))).toBe(
      true,
    );
  });
});

describe('quick', () => {
  test.each(quickExpressions)('%s', (_, expression) => {
    const found = of(expression);
    expect(found && `${found.kind} ${JSON.stringify(found)}`).toBe(undefined);
  });
});

describe('python', () => {
  test.each([
    ['(?P<word>\\w+\\s?)*$', '', 'match', 'exponential'],
    ['(a|a)*b', '', 'fullmatch', 'exponential'],
    ['(?x) ^ ( [a-z]+ \\s* )+ $  # words', '', 'search', 'exponential'],
    ['(?i:A+|a)+;', '', 'match', 'exponential'],
    ['\\s+$', '', 'search', 'polynomial'],
  ] as const)('%s', (source, flags, how, kind) => {
    const found = slowness(source, flags, 're', how) as Slowness;
    expect(found?.kind).toBe(kind);
    const pumps = kind === 'exponential' ? 60 : 80_000;
    const text = found.prefix + found.pump.repeat(pumps) + found.suffix;
    const code =
      'import re, sys, json; source, how, text = json.load(sys.stdin); getattr(re, how)(source, text)';
    const run = spawnSync('python3', ['-c', code], {
      input: JSON.stringify([source, how, text]),
      timeout: 900,
      encoding: 'utf8',
    });
    if (run.error && !('code' in run.error && run.error.code === 'ETIMEDOUT')) return;
    expect(run.signal, run.stderr).toBe('SIGTERM');
  });

  test('how an expression is applied counts', () => {
    expect(slowness('\\s+$', '', 're', 'match')).toBe(undefined);
    expect(slowness('(a+)+', '', 're', 'match')).toBe(undefined);
    expect(slowness('(a+)+', '', 're', 'fullmatch')?.kind).toBe('exponential');
  });

  test('a choice of single characters is a class', () => {
    expect(slowness('(?:\\w|_)+;', '', 're', 'match')).toBe(undefined);
    expect(slowness('(?:a|a)+;', '', 're', 'match')?.kind).toBe('exponential');
  });

  test('atomic groups and possessive quantifiers do not backtrack', () => {
    expect(slowness('(?>a+)+$', '', 're')).toBe(undefined);
    expect(slowness('(?:a++)+$', '', 're')).toBe(undefined);
  });
});

test('hostile expressions end soon and say nothing that is wrong', () => {
  const start = process.cpuUsage().user;
  for (const source of [
    `${'('.repeat(2000)}a+${')'.repeat(2000)}`,
    `(${'(a?)'.repeat(200)})*$`,
    `${'(?:|)'.repeat(300)}a*`,
    `(${'[a-z]*'.repeat(120)})*$`,
    `${'a*'.repeat(200)}$`,
    `${'\\b'.repeat(1900)}a*`,
    '(((((a{1,50}){1,50}){1,50}){1,50}){1,50})*',
    `^(${'.*a|'.repeat(60)}b)*$`,
    '[z-a]+',
    '(?<=',
    'a{2,1}+',
    '\\',
    '[a',
    '(?P<x',
    '*',
  ]) {
    slowness(source, '', 'ecmascript');
    slowness(source, 'u', 're');
  }
  expect((process.cpuUsage().user - start) / 1000).toBeLessThan(5000);
});
