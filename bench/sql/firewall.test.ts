import { describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { runFirewall } from './firewall-rounds.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`the bench of the firewall${noServer ? `: ${noServer}` : ''}`, () => {
  it('measures each kind of text, and each round of both clients', async () => {
    const server = await startPostgres();
    try {
      const { inspected, guarded, bare } = await runFirewall({
        url: server.url,
        rounds: 2,
        calls: 10,
        statements: 0.005,
      });
      expect(Object.keys(inspected).length).toBe(8);
      for (const { us } of Object.values(inspected)) expect(us).toBeGreaterThanOrEqual(0);
      for (const samples of [guarded, bare]) {
        expect(Object.values(samples).map(({ length }) => length)).toEqual([2, 2]);
      }
    } finally {
      await server.stop();
    }
  }, 60_000);
});
