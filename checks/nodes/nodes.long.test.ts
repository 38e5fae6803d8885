/**
 * `npm test` by every Node that is supported. A whole run takes each of them some ten minutes on an idle machine:
 *
 *   npm run test:long -- checks/nodes
 *
 * Some of them, and what is below some folders, by the environment:
 *
 *   BULWARK_NODES=22,26 BULWARK_SUITES=lib/fetch,examples/testing npm run test:long -- checks/nodes
 *
 * The Nodes stay in out/nodes, from one run to the next.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { differences, failuresOf, lineOf } from './compare-results.ts';
import { chosenLines, nodeOf } from './node-versions.ts';
import { runSuites, type SuiteResult } from './run-suites.ts';

const lines = chosenLines(process.env['BULWARK_NODES']);
const folders = (process.env['BULWARK_SUITES'] ?? '').split(',').filter((folder) => folder !== '');
const suites = folders.length > 0 ? folders.join(' and ') : 'npm test';
/** Two tries of a run that is given up only after most of an hour. */
const timeout = 7_200_000;

describe(`${suites} by every Node that is supported`, () => {
  const results: SuiteResult[] = [];
  const told: string[] = [];

  // One after the other: they share the machine.
  for (const line of lines) {
    it(`passes on Node ${line}`, { timeout }, async (context) => {
      const { version, path, why } = await nodeOf(line);
      if (path === undefined) {
        told.push(`Node ${version}: not run, it cannot be had here: ${why}`);
        context.skip(`it cannot be had here: ${why}`);
        return;
      }
      const result = await runSuites(version, path, folders);
      results.push(result);
      told.push(lineOf(result));
      expect(failuresOf(result)).toEqual([]);
      expect(result.tests.length).toBeGreaterThan(0);
    });
  }

  it('gives the same results on each', (context) => {
    if (results.length < 2) context.skip(`${results.length} of them ran, and there is nothing to compare`);
    expect(differences(results)).toEqual([]);
  });

  afterAll(() => console.log(told.join('\n')));
});
