import { describe, it } from 'vitest';
import { missing } from '../machine/missing.ts';
import { expectLoad } from './expect-load.ts';
import { loadCases } from './load-cases.ts';

for (const [name, service, start] of loadCases) {
  const why = missing(service);
  describe.skipIf(why)(`100 users of ${name} for a minute${why ? `: ${why}` : ''}`, () => {
    it('lose nothing that was acknowledged when the server crashes, and leak no connection', async () => {
      const { acknowledged, undone, unknown, errors, reads } = await expectLoad(start, 100, 60_000);
      const counts = { acknowledged: acknowledged.size, undone: undone.size, unknown: unknown.size, reads };
      process.stderr.write(`${name}: ${JSON.stringify({ ...counts, errors })}\n`);
    }, 240_000);
  });
}
