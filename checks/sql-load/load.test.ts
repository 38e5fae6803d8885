import { describe, it } from 'vitest';
import { missing } from '../machine/missing.ts';
import { expectLoad } from './expect-load.ts';
import { loadCases } from './load-cases.ts';

for (const [name, service, start] of loadCases) {
  const why = missing(service);
  describe.skipIf(why)(`10 users of ${name}${why ? `: ${why}` : ''}`, () => {
    it('lose nothing that was acknowledged when the server crashes, and leak no connection', async () => {
      await expectLoad(start, 10, 4_000);
    }, 90_000);
  });
}
