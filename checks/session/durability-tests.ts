import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { missing } from '../machine/missing.ts';
import { type DurabilityPlan, proveDurability } from './durability.ts';
import type { DurableStore } from './durable-stores.ts';

/** What must hold of a store that is killed by SIGKILL while sessions change. */
export function durabilityTests(
  name: string,
  service: 'redis' | 'postgres',
  size: Omit<DurabilityPlan, 'store' | 'restart'>,
  open: () => Promise<DurableStore>,
): void {
  const reason = missing(service) ?? (process.platform === 'linux' ? undefined : 'it reads /proc');

  describe.skipIf(reason)(
    `sessions over a store that is killed, by ${name}${reason ? `: ${reason}` : ''}`,
    () => {
      beforeAll(() => void configureEvents({ sinks: [] }));
      afterAll(() => void configureEvents({ sinks: [] }));

      it('lose no acknowledged change, and none comes back', { timeout: 600_000 }, async () => {
        const durable = await open();
        try {
          const began = Date.now();
          const { store, restart } = durable;
          const report = await proveDurability({ ...size, store, restart });
          console.log(
            JSON.stringify({
              client: name,
              ...size,
              ...report,
              seconds: Math.round((Date.now() - began) / 1000),
            }),
          );
          expect(report).toMatchObject({
            sessions: size.sessions,
            lost: 0,
            revived: 0,
            vanished: 0,
            wrong: 0,
          });
          // Nothing was proved if nothing happened.
          expect(Math.min(...Object.values(report.acknowledged))).toBeGreaterThan(0);
        } finally {
          await durable.close();
        }
      });
    },
  );
}
