import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../repository.ts';
import { differences, failuresOf, lineOf } from './compare-results.ts';
import { chosenLines } from './node-versions.ts';
import { readReport, type TestResult } from './read-report.ts';
import { merged } from './run-suites.ts';

const test = (name: string, status: TestResult['status'], more: Partial<TestResult> = {}): TestResult => ({
  ...{ file: 'lib/a.test.ts', name, status },
  ...more,
});
const on = (version: string, ...tests: TestResult[]) => ({ version, tests, seconds: 12 });

describe('results of two Nodes', () => {
  it('differ where a test fails, is skipped or is missing on one', () => {
    const results = [
      on('20.1.0', test('a', 'passed'), test('b', 'passed'), test('c', 'passed'), test('d', 'failed')),
      on('22.1.0', test('a', 'passed'), test('b', 'failed'), test('c', 'skipped'), test('d', 'failed')),
      on('24.1.0', test('a', 'passed'), test('b', 'passed'), test('d', 'failed')),
    ];
    expect(differences(results)).toEqual([
      'lib/a.test.ts: b: passed on Node 20.1.0, 24.1.0; failed on Node 22.1.0',
      'lib/a.test.ts: c: passed on Node 20.1.0; skipped on Node 22.1.0; missing on Node 24.1.0',
    ]);
  });

  it('do not differ by what one of them cannot have', () => {
    const excused = test('a', 'skipped', { excuse: 'it has no such module' });
    expect(differences([on('20.1.0', excused), on('22.1.0', test('a', 'passed'))])).toEqual([]);
  });

  it('are told in a line each, with what was excused and what was unsteady', () => {
    const result = on(
      '20.1.0',
      ...[test('a', 'passed'), test('b', 'failed', { why: 'no' }), test('c', 'passed', { retried: true })],
      ...[test('d', 'skipped'), test('e', 'skipped', { excuse: 'it has no such module' })],
    );
    expect(lineOf(result)).toBe(
      'Node 20.1.0: 2 passed, 1 failed, 2 skipped, 12 s; 1 of the skipped: it has no such module; ' +
        'unsteady: lib/a.test.ts: c',
    );
    expect(failuresOf(result)).toEqual(['Node 20.1.0: lib/a.test.ts: b: no']);
  });
});

describe('a second try', () => {
  it('leaves as failed what failed in both, and marks what did not', () => {
    const first = [test('a', 'failed'), test('b', 'failed'), test('c', 'passed'), test('d', 'passed')];
    const again = [test('a', 'failed'), test('b', 'passed'), test('c', 'failed'), test('d', 'passed')];
    const other = { ...test('e', 'passed'), file: 'lib/b.test.ts' };
    expect(merged([...first, other], again)).toEqual([
      other,
      test('a', 'failed'),
      test('b', 'passed', { retried: true }),
      test('c', 'passed', { retried: true }),
      test('d', 'passed'),
    ]);
    expect(merged([test('the file itself', 'failed')], [test('a', 'passed')])).toEqual([
      test('a', 'passed', { retried: true }),
    ]);
  });
});

describe('a report', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulwark-report-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (code: number, ...testResults: object[]): TestResult[] => {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify({ testResults }));
    return readReport(file, code, 'what it said');
  };
  const one = (status: string, ...titles: string[]): object => ({
    ...{ ancestorTitles: titles.slice(0, -1), title: titles.at(-1), status, failureMessages: ['why'] },
  });
  const file = (status: string, ...assertionResults: object[]): object => ({
    ...{ name: join(root, 'lib/a.test.ts'), status, message: 'cannot be read', assertionResults },
  });

  it('gives a suite that was skipped the name that it has where it runs', () => {
    const better = ': better-sqlite3 does not load on Node v22.1.0: Error: The module is for another ABI';
    const node = 'node:sqlite: node:sqlite does not load on Node v20.1.0: Error: No such built-in module';
    const later = 'node:sqlite: node:sqlite does not load on Node v22.1.0: Error';
    const ipv6 = 'requests to https://[...]: Node v22.1.0 refuses certificates for IPv6 addresses';
    const titles = [`Knex on SQLite${better}`, better, node, later, ipv6];
    const tests = read(0, file('passed', ...titles.map((title) => one('skipped', title, 'reads'))));
    expect(tests.map(({ name, excuse }) => [name, excuse])).toEqual([
      ['Knex on SQLite > reads', 'better-sqlite3 is compiled for the Node that installed it'],
      ['better-sqlite3 > reads', 'better-sqlite3 is compiled for the Node that installed it'],
      ['node:sqlite > reads', 'Node 20 has no node:sqlite'],
      [`${later} > reads`, undefined],
      [
        'requests to https://[...] > reads',
        'Node 22 refuses certificates for IPv6 addresses (nodejs/node#64144)',
      ],
    ]);
  });

  it('tells two tests of one name apart', () => {
    const tests = read(1, file('failed', one('passed', 'a'), one('failed', 'a')));
    expect(tests.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'passed'],
      ['a (2)', 'failed'],
    ]);
  });

  it('fails for a file that could not be read, and for what no test is to blame for', () => {
    expect(read(1, file('failed'))).toEqual([
      { ...test('the file itself', 'failed'), why: 'cannot be read' },
    ]);
    expect(read(1, file('passed', one('passed', 'a')))).toContainEqual({
      ...{ file: '', name: 'outside of any test', status: 'failed', why: 'exit code 1: what it said' },
    });
    expect(readReport(join(folder, 'none.json'), 1, 'what it said')).toEqual([
      { file: '', name: 'the whole run', status: 'failed', why: 'what it said' },
    ]);
  });
});

describe('the lines of Node', () => {
  it('are all, or those that were chosen', () => {
    expect(chosenLines(undefined)).toEqual(['20', '22', '24', '26']);
    expect(chosenLines('22,26')).toEqual(['22', '26']);
    expect(() => chosenLines('21')).toThrow('No Node 21');
  });
});
