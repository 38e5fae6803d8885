import { loadModule } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { firewallCases } from './corpus/firewall-cases.ts';
import { judgeCase } from './judge-case.ts';
import { payloadCases } from './payload-cases.ts';
import { tallyCases } from './tally-cases.ts';

// Of a corpus by somebody who did not know the guard. `npx tsx checks/firewall/run.ts` prints the figures by family.
describe('the guard of SQL clients', () => {
  beforeAll(() => loadModule());

  it('refuses nearly all attacks of the corpus, and nearly nothing that is none', () => {
    const { rows } = tallyCases(firewallCases(), judgeCase);
    const { attacks, legitimate } = rows;
    expect(attacks?.cases).toBeGreaterThan(4_000);
    expect(legitimate?.cases).toBeGreaterThan(5_000);
    expect((attacks?.wrong ?? 0) / (attacks?.cases ?? 1)).toBeLessThan(0.002);
    expect((legitimate?.wrong ?? 0) / (legitimate?.cases ?? 1)).toBeLessThan(0.002);
  });

  it('does as well on the payloads of `bulwark/testing`', () => {
    const { rows, wrong } = tallyCases(payloadCases(), judgeCase);
    expect(rows['attacks']?.cases).toBeGreaterThan(1_000);
    expect(rows['legitimate']?.cases).toBeGreaterThan(1_500);
    expect(wrong.map(({ dialect, text }) => `${dialect} ${text}`)).toEqual([]);
  });
});
