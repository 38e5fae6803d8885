import { describe, expect, it } from 'vitest';
import { whyNotSealed } from '../machine/sealed.ts';
import { fuzzConnections, fuzzDecisions, fuzzSeed } from './fuzz-hosts.ts';

const [decided, connected] = [20_000, 200];
const why = whyNotSealed();
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;

describe(`fuzzed hosts (seed ${fuzzSeed})`, () => {
  it(`${decided} are decided as what they are`, () => {
    // Some are allowed and some are not, or the samples would show nothing.
    const allowed = fuzzDecisions(decided);
    expect(allowed).toBeGreaterThan(decided / 20);
    expect(allowed).toBeLessThan(decided / 2);
  });
});

describe.skipIf(why !== undefined)(
  `fuzzed hosts, sealed (seed ${fuzzSeed})${title}`,
  { timeout: 300_000 },
  () => {
    it(`of ${connected}, what was decided is what is connected to, or nothing is`, async () => {
      const report = await fuzzConnections(connected);
      expect(report).toMatchObject({ runs: connected, failure: null, uncaught: [] });
      expect(report.connected).toBeGreaterThan(connected / 20);
    });
  },
);
