import { describe, expect, it } from 'vitest';
import { identity } from './identity.ts';
import { createRecorder } from './recorder.ts';
import type { SecurityEvent } from './security-event.ts';

const exceeded = (detail: object): string => identity('rate-limit/exceeded', 'blocked', detail, undefined);

describe('the identity of an event', () => {
  it('is the same for a refused client that keeps trying, whatever is left of the window', () => {
    expect(exceeded({ rule: 'address', limit: 5, retryAfterSeconds: 59 })).toBe(
      exceeded({ rule: 'address', limit: 5, retryAfterSeconds: 1 }),
    );
  });

  it('still differs by everything else', () => {
    const one = exceeded({ rule: 'address', limit: 5, retryAfterSeconds: 59 });
    expect(exceeded({ rule: 'account', limit: 5, retryAfterSeconds: 59 })).not.toBe(one);
    expect(exceeded({ rule: 'address', limit: 6, retryAfterSeconds: 59 })).not.toBe(one);
    expect(exceeded({ rule: 'address', limit: 5, retrySeconds: 59 })).not.toBe(one);
  });

  it('makes one event of 60 refusals in a minute, with the first time and their number', async () => {
    const events: SecurityEvent[] = [];
    const recorder = createRecorder({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    for (let left = 60; left > 0; left--)
      recorder.record('rate-limit/exceeded', 'blocked', { rule: 'address', retryAfterSeconds: left });
    await recorder.close();
    expect(events.map(({ count }) => count)).toEqual([1, 59]);
    expect(events[0]?.evidence).toMatchObject({ retryAfterSeconds: 60 });
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });
});
