import { describe, expect, it } from 'vitest';
import { readApplications } from './application-list.ts';
import { type Fix, readFixes } from './fix-list.ts';
import { wilson } from './interval.ts';
import { judgeFix } from './judge-fix.ts';
import { measuredElsewhere } from './measured-elsewhere.ts';
import { drawn } from './sample.ts';
import type { Shown } from './shown-findings.ts';
import { partOf } from './split.ts';

describe('the list of fixes', () => {
  it('can be read, and holds no project that others measure with', () => {
    const projects = readFixes();
    expect(projects.filter(({ source }) => measuredElsewhere(source))).toEqual([]);
    expect(readApplications().filter(({ source }) => measuredElsewhere(source))).toEqual([]);
  });

  it('refuses projects that others measure with, and training applications', () => {
    const refused = [
      'github:koajs/koa',
      'npm:koa',
      'github:FlowiseAI/Flowise',
      'github:bkimminich/juice-shop',
    ];
    expect(refused.filter((source) => !measuredElsewhere(source))).toEqual([]);
    expect(['github:ckan/ckan', 'npm:koa-router'].filter(measuredElsewhere)).toEqual([]);
  });
});

describe('the split', () => {
  it('leaves about half to learn from, and depends on nothing but the name', () => {
    const names = Array.from({ length: 600 }, (_, i) => `github:owner/project${i}`);
    const learn = names.filter((name) => partOf(name) === 'learn').length;
    expect(learn).toBeGreaterThan(250);
    expect(learn).toBeLessThan(350);
    expect(new Set(names.map(partOf)).size).toBe(4);
    expect(partOf('github:CKAN/ckan')).toBe(partOf('github:ckan/ckan'));
    for (const [one, other] of [
      ['github:n8n-io/n8n', 'npm:n8n-core'],
      ['npm:@strapi/admin', 'npm:@strapi/utils'],
      ['npm:express-fileupload', 'npm:express'],
    ] as const)
      expect(partOf(one), `${one} ${other}`).toBe(partOf(other));
  });
});

describe('the judgement of a fix', () => {
  const fix: Fix = {
    id: 'CVE-0000-0000',
    before: '1.0.0',
    after: '1.0.1',
    rules: ['sql/injection'],
    places: [{ file: 'a.py', line: 10 }],
    why: 'An example with a place that is at line ten.',
  };
  const finding = (rule: string, path: string, line: number): Shown => ({
    rule,
    severity: 'high',
    confidence: 'high',
    message: '',
    place: { path, line, endLine: line },
    steps: [],
  });

  it('takes a finding of the right rule near the place', () => {
    const before = [finding('sql/injection', 'a.py', 12)];
    expect(judgeFix(fix, before, [])).toEqual({ found: before, isSilentAfter: true });
    expect(judgeFix(fix, before, before).isSilentAfter).toBe(false);
  });

  it('takes none of another rule, file or place', () => {
    const others = [
      finding('xss/stored', 'a.py', 10),
      finding('sql/injection', 'b.py', 10),
      finding('sql/injection', 'a.py', 20),
    ];
    expect(judgeFix(fix, others, [])).toEqual({ found: [], isSilentAfter: false });
  });
});

it('gives the interval of a share', () => {
  const { low, high } = wilson(8, 10);
  expect(low).toBeCloseTo(0.49, 2);
  expect(high).toBeCloseTo(0.943, 2);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

it('draws the same sample for the same seed, each element once', () => {
  const all = Array.from({ length: 50 }, (_, i) => i);
  const first = drawn(all, 20, 7);
  expect(first).toEqual(drawn(all, 20, 7));
  expect(new Set(first).size).toBe(20);
  expect(first).not.toEqual(drawn(all, 20, 8));
  expect(drawn(all, 80, 1)).toEqual(all);
});
