import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../repository.ts';
import { excuseIn, withoutExcuse } from './excused-skips.ts';

export interface TestResult {
  /** Relative to the repository; empty for what is of no file. */
  readonly file: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What a failed one said. */
  readonly why?: string;
  /** Why a test may be skipped on one Node alone. */
  readonly excuse?: string;
  /** It passed only on a second try. */
  readonly retried?: boolean;
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** What vitest wrote, with a result for what failed outside of any test: a green list must not hide it. */
export function readReport(path: string, code: number | null, errors: string): TestResult[] {
  let report: JsonReport;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as JsonReport;
  } catch {
    return [broken('', 'the whole run', errors)];
  }
  const tests = report.testResults.flatMap(resultsOf);
  const failed = tests.some(({ status }) => status === 'failed');
  return code === 0 || failed
    ? tests
    : [...tests, broken('', 'outside of any test', `exit code ${code}: ${errors}`)];
}

function resultsOf({ name, status, message, assertionResults }: JsonReport['testResults'][number]) {
  const file = relative(root, name);
  const seen = new Map<string, number>();
  const tests = assertionResults.map((test): TestResult => {
    const titles = [...test.ancestorTitles, test.title];
    const title = titles.map(withoutExcuse).join(' > ');
    // Two tests of one name are told apart by their order.
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    const named = { file, name: count > 1 ? `${title} (${count})` : title };
    if (test.status === 'passed') return { ...named, status: 'passed' };
    if (test.status === 'failed') return broken(file, named.name, test.failureMessages?.[0] ?? '');
    const excuse = titles.map(excuseIn).find((one) => one !== undefined);
    return { ...named, status: 'skipped', ...(excuse === undefined ? {} : { excuse }) };
  });
  const unread = status === 'failed' && tests.every((one) => one.status !== 'failed');
  return unread ? [...tests, broken(file, 'the file itself', message)] : tests;
}

function broken(file: string, name: string, why: string): TestResult {
  return { file, name, status: 'failed', why: why.slice(0, 300) };
}
