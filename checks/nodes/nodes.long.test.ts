import { describe, expect, it } from 'vitest';
import { installNodes, type NodeRelease, whyNoNodes } from './node-versions.ts';
import { runSuites, type SuiteResult } from './run-suites.ts';

/** Where what Node does differs from one release to the next. */
const suites = ['lib/fetch', 'checks/egress'];
/** What the first of them does not have. */
const newer = ['lib/sql/node-sqlite'];

const why = whyNoNodes();
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;

describe.skipIf(why !== undefined)(`${suites.join(' and ')} by every Node that is supported${title}`, () => {
  it('gives the same results', () => expectSame(installNodes(), suites), 4_000_000);

  it(`gives the same results in ${newer.join(' and ')}, from Node 22 on`, async () => {
    await expectSame(installNodes().slice(1), newer);
  }, 4_000_000);
});

async function expectSame(releases: readonly NodeRelease[], folders: readonly string[]): Promise<void> {
  const results: SuiteResult[] = [];
  // One after the other: they share the machine.
  for (const release of releases) {
    const result = await runSuites(release, folders);
    console.log(`${result.node}: ${result.passed} passed, ${result.failed} failed`);
    results.push(result);
  }
  expect(results.flatMap(({ node, failures }) => failures.map((one) => `${node}: ${one}`))).toEqual([]);
  expect(results.map(({ passed }) => passed)).toEqual(results.map(() => results[0]?.passed));
  expect(results.every(({ passed }) => passed > 100)).toBe(true);
}
