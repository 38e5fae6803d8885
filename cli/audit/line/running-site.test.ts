import { describe, expect, it } from 'vitest';
import type { Check } from '../check/check.ts';
import { absent, fail, type Outcome, pass, unknown } from '../check/outcome.ts';
import type { Stack } from '../subject/stacks.ts';
import { redirectCheck } from '../testing/sample-audit.ts';
import { type CheckResult, judgeLines } from './judge-lines.ts';
import type { AspectId } from './lines.ts';
import { unjudgedStacks } from './unjudged-stacks.ts';
import { unseenApplications } from './unseen-applications.ts';

const passed = pass('It is so.', [{ text: 'seen' }]);
const lacking = absent('Nothing provides it.', [{ text: 'seen' }], 'Add it.');
const failed = fail('It is switched off.', [{ text: 'seen' }], 'Switch it on.');
const computed = unknown('It is computed.', 'Write it.');
const skipped: Outcome = { ...unknown('It was left out.', 'Run it.'), isFinal: true };

function result(
  id: string,
  outcome: Outcome,
  aspect: AspectId = 'https/hsts',
  weight?: Check['weight'],
): CheckResult {
  return { check: { ...redirectCheck, id, aspect, ...(weight && { weight }) }, outcomes: [outcome] };
}

function verdictOf(results: readonly CheckResult[], aspect: AspectId = 'https/hsts'): string | undefined {
  return judgeLines(results, [])
    .flatMap(({ aspects }) => aspects)
    .find(({ id }) => id === aspect)?.verdict;
}

describe('a running site', () => {
  it.each<[string, Outcome]>([
    ['is computed', computed],
    ['is not there', lacking],
  ])('shows what in the files %s', (_what, outcome) => {
    expect(verdictOf([result('django/hsts', outcome), result('live/hsts', passed)])).toBe('pass');
    expect(verdictOf([result('server/hsts', outcome), result('live/hsts', passed)])).toBe('pass');
  });

  it.each<[string, Outcome, Outcome]>([
    ['files switch off', failed, passed],
    ['it lacks itself', passed, failed],
    ['it lacks, and files too', lacking, failed],
  ])('does not pass what %s', (_what, ofFiles, ofSite) => {
    expect(verdictOf([result('django/hsts', ofFiles), result('live/hsts', ofSite)])).toBe('fail');
  });

  it('does not stand for a check that was skipped or failed', () => {
    expect(verdictOf([result('django/hsts', skipped), result('live/hsts', passed)])).toBe('unknown');
  });

  it('shows nothing if a check of it is open, or speaks of a part', () => {
    const files = result('django/hsts', computed);
    expect(verdictOf([files, result('live/hsts', passed), result('live/hsts-age', computed)])).toBe(
      'unknown',
    );
    expect(verdictOf([files, result('live/hsts', passed, 'https/hsts', 'part')])).toBe('unknown');
    expect(verdictOf([files, result('live/hsts', passed, 'https/hsts', 'note')])).toBe('unknown');
  });

  it('shows a part only of cookies, CORS and errors', () => {
    for (const aspect of ['cookies/session', 'cors/origins', 'errors/debug', 'secrets/tree'] as const) {
      expect(verdictOf([result('live/a', passed, aspect)], aspect)).toBe('unknown');
      expect(
        verdictOf([result('django/a', computed, aspect), result('live/a', passed, aspect)], aspect),
      ).toBe('unknown');
      expect(verdictOf([result('django/a', lacking, aspect), result('live/a', passed, aspect)], aspect)).toBe(
        'fail',
      );
      expect(verdictOf([result('django/a', passed, aspect), result('live/a', passed, aspect)], aspect)).toBe(
        'pass',
      );
      expect(verdictOf([result('django/a', passed, aspect), result('live/a', failed, aspect)], aspect)).toBe(
        'fail',
      );
    }
  });
});

describe('several applications', () => {
  const stacks: readonly Stack[] = [
    { framework: 'django', folder: '', path: 'a.txt' },
    { framework: 'koa', folder: 'b', path: 'b/package.json' },
  ];
  const added = (results: readonly CheckResult[], of = stacks): number =>
    unseenApplications(results, of).length;

  it('are not all shown by one site', () => {
    const results = [result('django/hsts', computed), result('live/hsts', passed)];
    expect(added(results)).toBe(1);
    expect(verdictOf([...results, ...unseenApplications(results, stacks)])).toBe('unknown');
    expect(added(results, stacks.slice(0, 1))).toBe(0);
  });

  it('may pass by their own files', () => {
    expect(
      added([result('django/hsts', passed), result('node/hsts', passed), result('live/hsts', passed)]),
    ).toBe(0);
  });

  it('are one for a site of a framework that no check judges', () => {
    const results = [result('live/hsts', passed)];
    expect(unjudgedStacks(results, stacks.slice(1))).toEqual([]);
    const cookies = [
      result('django/a', passed, 'cookies/session'),
      result('live/a', passed, 'cookies/session'),
    ];
    expect(unjudgedStacks(cookies, stacks)).toHaveLength(1);
  });
});
