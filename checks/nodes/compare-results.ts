import type { TestResult } from './read-report.ts';
import type { SuiteResult } from './run-suites.ts';

/** One line: version, passed, failed, skipped, seconds, and what of that needs a word. */
export function lineOf({ version, tests, seconds }: SuiteResult): string {
  const count = (status: TestResult['status']): number => tests.filter((one) => one.status === status).length;
  const counts = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
  const excused = tally(tests.flatMap(({ excuse }) => excuse ?? []));
  const retried = tests.filter((one) => one.retried).map(({ file, name }) => `${file}: ${name}`);
  const again = retried.length === 0 ? [] : [`unsteady: ${retried.join(', ')}`];
  return [`Node ${version}: ${counts}, ${seconds} s`, ...excused, ...again].join('; ');
}

/** What failed on one of them, once for all the Nodes where it did. */
export function failuresOf({ version, tests }: SuiteResult): string[] {
  return tests
    .filter(({ status }) => status === 'failed')
    .map(({ file, name, why }) => `Node ${version}: ${file}: ${name}: ${why}`);
}

/** The tests whose results are not the same on every Node: run there, skipped or not even there here. */
export function differences(results: readonly SuiteResult[]): string[] {
  const byTest = new Map<string, Map<string, TestResult>>();
  for (const { version, tests } of results) {
    for (const test of tests) {
      const key = `${test.file}: ${test.name}`;
      byTest.set(key, (byTest.get(key) ?? new Map()).set(version, test));
    }
  }
  return [...byTest].flatMap(([key, found]) => {
    const states = results
      .map(({ version }) => ({ version, test: found.get(version) }))
      .filter(({ test }) => test?.excuse === undefined)
      .map(({ version, test }) => ({ version, state: test?.status ?? 'missing' }));
    const kinds = [...new Set(states.map(({ state }) => state))];
    if (kinds.length < 2) return [];
    const told = kinds.map((kind) => {
      const versions = states.filter(({ state }) => state === kind).map(({ version }) => version);
      return `${kind} on Node ${versions.join(', ')}`;
    });
    return [`${key}: ${told.join('; ')}`];
  });
}

function tally(reasons: readonly string[]): string[] {
  return [...new Set(reasons)].map((reason) => {
    const count = reasons.filter((one) => one === reason).length;
    return `${count} of the skipped: ${reason}`;
  });
}
