import { expect, it } from 'vitest';
import type { Check } from '../check/check.ts';
import { absent, fail, type Outcome, pass, unknown } from '../check/outcome.ts';
import { judgeLines } from './judge-lines.ts';

const seen = [{ text: 'as seen' }];
const passed = pass('It is there.', seen);
const failed = fail('It is switched off.', seen, 'Switch it on.');
const open = unknown('It is computed.', 'Write it down.');
const lacking = absent('Nothing provides it.', seen, 'Add it.');

type Said = readonly [id: string, outcome: Outcome, weight?: 'part' | 'note'];

function verdictOf(...said: readonly Said[]): string | undefined {
  const results = said.map(([id, outcome, weight]) => {
    const check: Check = {
      id,
      aspect: 'https/hsts',
      title: '',
      why: '',
      severity: 'low',
      cwe: [],
      asvs: [],
      ...(weight === undefined ? {} : { weight }),
      run: () => [],
    };
    return { check, outcomes: [outcome] };
  });
  const line = judgeLines(results, []).find(({ id }) => id === 'https');
  return line?.aspects.find(({ id }) => id === 'https/hsts')?.verdict;
}

it('does not pass an aspect by checks of a part', () => {
  expect(verdictOf(['a/part', passed, 'part'])).toBe('unknown');
  expect(verdictOf(['a/part', passed, 'part'], ['a/whole', passed])).toBe('pass');
  expect(verdictOf(['a/part', failed, 'part'], ['a/whole', passed])).toBe('fail');
});

it('decides nothing by notes', () => {
  expect(verdictOf(['a/note', failed, 'note'], ['a/whole', passed])).toBe('pass');
  expect(verdictOf(['a/note', passed, 'note'])).toBe('unknown');
});

it('lets a server in front provide what an application lacks, but not what it switches off', () => {
  expect(verdictOf(['django/hsts', lacking])).toBe('fail');
  expect(verdictOf(['django/hsts', lacking], ['server/hsts', passed])).toBe('pass');
  expect(verdictOf(['django/hsts', failed], ['server/hsts', passed])).toBe('fail');
  expect(verdictOf(['python/hsts', { ...open, absent: true }], ['server/hsts', passed])).toBe('pass');
  expect(verdictOf(['python/hsts', open], ['server/hsts', passed])).toBe('unknown');
  expect(verdictOf(['django/hsts', lacking], ['python/hsts', passed])).toBe('fail');
  expect(verdictOf(['django/hsts', lacking], ['server/hsts', failed])).toBe('fail');
  expect(verdictOf(['django/hsts', lacking], ['server/hsts', passed, 'part'])).toBe('fail');
  expect(verdictOf(['django/hsts', lacking], ['server/hsts', { ...open, absent: 'perhaps' }])).toBe(
    'unknown',
  );
  expect(verdictOf(['django/hsts', failed], ['server/hsts', { ...open, absent: 'perhaps' }])).toBe('fail');
  expect(verdictOf(['django/hsts', lacking], ['node/hsts', { ...open, absent: 'perhaps' }])).toBe('fail');
});

it('fails what an application and the server in front of it leave to each other', () => {
  const left: Outcome = { ...open, absent: true };
  const perhaps: Outcome = { ...open, absent: 'perhaps' };
  expect(verdictOf(['node/hsts', left], ['server/hsts', left])).toBe('fail');
  expect(verdictOf(['node/hsts', left])).toBe('unknown');
  expect(verdictOf(['server/hsts', left])).toBe('unknown');
  expect(verdictOf(['node/hsts', perhaps], ['server/hsts', left])).toBe('unknown');
  expect(verdictOf(['node/hsts', perhaps], ['server/hsts', passed])).toBe('pass');
  expect(verdictOf(['node/hsts', left], ['server/hsts', open])).toBe('unknown');
  expect(verdictOf(['node/hsts', passed], ['server/hsts', left])).toBe('pass');
});
