import { describe, expect, it } from 'vitest';
import type { Check } from '../check/check.ts';
import { absent, fail, type Outcome, pass, unknown } from '../check/outcome.ts';
import { redirectCheck } from '../testing/sample-audit.ts';
import { type CheckResult, judgeLines } from './judge-lines.ts';
import { unjudgedStacks } from './unjudged-stacks.ts';

const passed = pass('It is there.', [{ text: 'seen' }]);
const lacking = absent('Nothing provides it.', [{ text: 'seen' }], 'Add it.');
const failed = fail('It is switched off.', [{ text: 'seen' }], 'Switch it on.');
/** nginx hands requests on, and sends no header of its own. */
const handedOn: Outcome = { ...unknown('Perhaps the application does.', 'Add it.'), absent: true };

function result(id: string, outcome: Outcome, weight?: Check['weight']): CheckResult {
  const check: Check = { ...redirectCheck, id, aspect: 'https/hsts', ...(weight && { weight }) };
  return { check, outcomes: [outcome] };
}

function verdictOf(...results: readonly CheckResult[]): string | undefined {
  const aspects = judgeLines(results, []).flatMap((line) => line.aspects);
  return aspects.find(({ id }) => id === 'https/hsts')?.verdict;
}

describe('an application behind a server', () => {
  it('provides what the server leaves to it', () => {
    expect(verdictOf(result('server/nginx', handedOn))).toBe('unknown');
    expect(verdictOf(result('server/nginx', handedOn), result('django/hsts', passed))).toBe('pass');
  });

  it('does not, if another one lacks it, or only a part was seen', () => {
    const front = result('server/nginx', handedOn);
    expect(verdictOf(front, result('django/hsts', passed), result('node/hsts', lacking))).toBe('fail');
    expect(verdictOf(front, result('django/hsts', lacking))).toBe('fail');
    expect(verdictOf(front, result('django/hsts', passed, 'part'))).toBe('unknown');
  });

  it('may send no pages, which the server does: neither is held against the other', () => {
    const api = result('node/content-security-policy', {
      ...unknown('It sends no policy, and was not seen to send pages.', 'Add it.'),
      absent: 'perhaps',
    });
    expect(verdictOf(api)).toBe('unknown');
    expect(verdictOf(result('server/nginx', passed), api)).toBe('pass');
    expect(verdictOf(result('server/nginx', handedOn), api)).toBe('unknown');
    expect(verdictOf(result('server/nginx', failed), api)).toBe('fail');
  });

  it('does not mend what the server does itself', () => {
    expect(verdictOf(result('server/nginx', failed), result('django/hsts', passed))).toBe('fail');
    const front = result('server/nginx', unknown('It is computed.', 'Write a number.'));
    expect(verdictOf(front, result('django/hsts', passed))).toBe('unknown');
  });

  it('does not speak for an application that nobody judged', () => {
    const results = [result('server/nginx', handedOn), result('django/hsts', passed)];
    const stacks = [
      { framework: 'django', folder: '', path: 'a.txt' },
      { framework: 'koa', folder: 'b', path: 'b/package.json' },
    ] as const;
    expect(unjudgedStacks(results, stacks)).toHaveLength(1);
    expect(unjudgedStacks([result('server/nginx', passed), ...results], stacks)).toEqual([]);
  });
});
