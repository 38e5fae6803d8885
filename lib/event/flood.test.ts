import { afterEach, describe, expect, it } from 'vitest';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { withRequest } from '../request/context.ts';
import { configureEvents } from './record.ts';
import type { SecurityEvent } from './security-event.ts';

afterEach(() => void configureEvents({ sinks: [] }));

// bench/event/flood.ts is the same with a million, real files, and the loop's delay.
describe('a flood of distinct refusals', () => {
  it('keeps a bounded number, and loses count of none', async () => {
    const events: SecurityEvent[] = [];
    let calls = 0;
    let most = 0;
    const recorder = configureEvents({
      sinks: [
        { name: 'good', write: (batch) => void events.push(...batch) },
        {
          name: 'bad',
          async write() {
            if (++calls % 3 === 0) throw new Error('on purpose');
          },
        },
      ],
      windowMs: 100,
      maxKeys: 200,
      maxQueue: 150,
    });
    const listeners = process.listeners('warning');
    process.removeAllListeners('warning').on('warning', () => {});
    const flood = 30_000;
    for (let i = 0; i < flood; i++) {
      withRequest({ route: '/preview', client: `10.0.${(i >> 8) & 15}.${i & 255}` }, () => {
        try {
          refuse(
            deny('fetch/private-address', {
              host: `h${i >> (i & 1)}`,
              address: '10.0.0.5',
              rule: '10.0.0.0/8',
            }),
          );
        } catch (error) {
          expect(isRefusal(error)).toBe(true);
        }
      });
      if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (i % 100 === 0) most = Math.max(most, recorder.stats().keys);
    }
    await recorder.close();
    process.removeAllListeners('warning');
    for (const listener of listeners) process.on('warning', listener);

    expect(most).toBeLessThanOrEqual(100);
    const { recorded, pending, sinks } = recorder.stats();
    expect(recorded).toBe(flood);
    for (const { written, waiting, dropped } of sinks)
      expect(pending + written + waiting + dropped).toBe(flood);

    // What the good sink holds says the same.
    const held = events
      .filter(({ code }) => code !== 'event/dropped')
      .reduce((sum, { count }) => sum + count, 0);
    const told = events
      .filter(({ code }) => code === 'event/dropped')
      .flatMap(({ evidence }) => Object.values(evidence))
      .reduce<number>((sum, count) => sum + Number(count), 0);
    expect(held + told).toBe(flood);
    expect(told).toBeGreaterThan(flood / 2);
  });
});
