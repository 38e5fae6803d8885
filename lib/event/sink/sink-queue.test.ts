import { AsyncResource } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentRequest, withRequest } from '../../request/context.ts';
import { createRecorder, type Recorder, type RecorderOptions } from '../recorder.ts';
import type { SecurityEvent } from '../security-event.ts';
import type { Sink } from './sink.ts';

const warnings: string[] = [];
const onWarning = (warning: Error): void => {
  if ((warning as { code?: string }).code === 'BULWARK_SINK') warnings.push(warning.message);
};
const silenced = process.listeners('warning');

beforeEach(() => {
  warnings.length = 0;
  process.removeAllListeners('warning').on('warning', onWarning);
});
afterEach(() => {
  process.removeAllListeners('warning');
  for (const listener of silenced) process.on('warning', listener);
});

const code = 'fetch/private-address';
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function recordMany(recorder: Recorder, n: number, prefix = 'h'): void {
  for (let i = 0; i < n; i++) recorder.record(code, 'blocked', { host: `${prefix}${i}` });
}
function recorderOf(sink: Omit<Sink, 'name'>, options: Partial<RecorderOptions> = {}): Recorder {
  return createRecorder({ sinks: [{ name: 'test', ...sink }], ...options });
}
/** What went in came out, or is accounted for. */
function expectBalance(recorder: Recorder): void {
  const { recorded, pending, sinks } = recorder.stats();
  for (const { written, waiting, dropped } of sinks)
    expect(pending + written + waiting + dropped).toBe(recorded);
}

describe('a sink', () => {
  it('is given batches of at most 100, one at a time, not in the turn of the refusal', async () => {
    const sizes: number[] = [];
    let inside = 0;
    const recorder = recorderOf({
      async write(batch) {
        expect(++inside).toBe(1);
        sizes.push(batch.length);
        await turn();
        inside--;
      },
    });
    recordMany(recorder, 250);
    expect(sizes).toEqual([]);
    await recorder.close();
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('runs in no request', async () => {
    const seen: unknown[] = [];
    const recorder = recorderOf({ write: () => void seen.push(currentRequest()) });
    withRequest({}, () => recordMany(recorder, 1));
    await recorder.close();
    expect(seen).toEqual([undefined]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('disk full');
      },
    ],
    [
      'throws no error',
      () => {
        throw 'disk full';
      },
    ],
    [
      'gives what is like a promise, and throws by it',
      () => {
        return Object.defineProperty({}, 'then', {
          get: () => {
            throw new Error('disk full');
          },
        }) as never;
      },
    ],
  ])('that %s breaks nothing, is reported once, and its events are counted', async (_, write) => {
    const recorder = recorderOf({ write });
    recordMany(recorder, 1000);
    await recorder.flush();
    recordMany(recorder, 1000);
    await recorder.flush();
    expect(warnings).toEqual([
      'The event sink "test" fails: disk full. It is reported again once it has worked.',
    ]);
    expect(recorder.stats()).toMatchObject({
      recorded: 2000,
      sinks: [{ written: 0, waiting: 0, dropped: 2000 }],
    });
    await recorder.close();
  });

  it('that fails is told the number of identical events, too', async () => {
    let broken = true;
    const events: SecurityEvent[] = [];
    const recorder = recorderOf({
      write(batch) {
        if (broken) throw new Error('no');
        events.push(...batch);
      },
    });
    for (let i = 0; i < 1000; i++) recorder.record(code, 'blocked', { host: 'h' });
    await recorder.flush();
    expect(recorder.stats().sinks).toMatchObject([{ written: 0, waiting: 0, dropped: 1000 }]);
    broken = false;
    await recorder.flush();
    expect(events).toMatchObject([{ code: 'event/dropped', evidence: { [code]: 1000 } }]);
    await recorder.close();
  });

  it('that fails does not keep another from its events', async () => {
    const events: SecurityEvent[] = [];
    const recorder = createRecorder({
      sinks: [
        { name: 'bad', write: () => Promise.reject(new Error('no')) },
        { name: 'good', write: (batch) => void events.push(...batch) },
      ],
    });
    recordMany(recorder, 500);
    await recorder.close();
    expect(events).toHaveLength(500);
    expectBalance(recorder);
  });

  it('that works again is told what it missed, and is reported when it fails anew', async () => {
    let broken = true;
    const events: SecurityEvent[] = [];
    const recorder = recorderOf({
      write(batch) {
        if (broken) throw new Error('no');
        events.push(...batch);
      },
    });
    recordMany(recorder, 300);
    await recorder.flush();
    broken = false;
    recordMany(recorder, 5);
    await recorder.flush();
    expect(events.filter((event) => event.code === code)).toHaveLength(5);
    expect(events.filter((event) => event.code === 'event/dropped')).toMatchObject([
      { evidence: { [code]: 300 } },
    ]);
    broken = true;
    recordMany(recorder, 5);
    await recorder.flush();
    expect(warnings).toHaveLength(2);
    expectBalance(recorder);
    await recorder.close();
  });

  it('is told at the end of a window, though nothing more is recorded', async () => {
    let calls = 0;
    const events: SecurityEvent[] = [];
    const recorder = recorderOf(
      {
        write(batch) {
          if (++calls <= 2) throw new Error('no');
          events.push(...batch);
        },
      },
      { windowMs: 10 },
    );
    recordMany(recorder, 3);
    while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(events).toMatchObject([{ code: 'event/dropped', evidence: { [code]: 3 } }]);
    await recorder.close();
  });

  it('that hangs is given nothing more until it comes back, and costs a bounded queue', async () => {
    let release = (): void => {};
    const events: SecurityEvent[] = [];
    const recorder = recorderOf(
      {
        async write(batch) {
          if (events.length === 0)
            await new Promise<void>((resolve) => {
              release = resolve;
            });
          events.push(...batch);
        },
      },
      { sinkTimeoutMs: 10, maxQueue: 500 },
    );
    recordMany(recorder, 2000);
    await recorder.flush();
    expect(warnings).toEqual([expect.stringContaining('took more than 10 ms')]);
    expectBalance(recorder);
    expect(recorder.stats().sinks).toMatchObject([{ written: 0, waiting: 500, dropped: 1500 }]);
    release();
    while (recorder.stats().sinks[0]?.waiting !== 0) await turn();
    await recorder.flush();
    expect(events.filter((event) => event.code === code)).toHaveLength(500);
    expect(events.filter((event) => event.code === 'event/dropped')).toMatchObject([
      { evidence: { [code]: 1500 } },
    ]);
    expectBalance(recorder);
    await recorder.close();
  });

  it('that hangs for ever, or fails late, is given up at the close', async () => {
    const forever = recorderOf({ write: () => new Promise(() => {}) }, { sinkTimeoutMs: 5 });
    recordMany(forever, 150);
    await forever.close();
    expect(forever.stats().sinks).toMatchObject([{ written: 0, waiting: 100, dropped: 50 }]);

    let fail = (_: Error): void => {};
    const late = recorderOf(
      {
        write: () =>
          new Promise((_, reject) => {
            fail = reject;
          }),
      },
      { sinkTimeoutMs: 5 },
    );
    recordMany(late, 50);
    await late.close();
    fail(new Error('late'));
    await turn();
    expect(late.stats().sinks).toMatchObject([{ written: 0, waiting: 0, dropped: 50 }]);
  });

  it('whose close throws or hangs is reported, and the others are closed', async () => {
    let closed = 0;
    const recorder = createRecorder({
      sinks: [
        {
          name: 'throws',
          write() {},
          close() {
            throw new Error('no');
          },
        },
        { name: 'hangs', write() {}, close: () => new Promise(() => {}) },
        { name: 'closes', write() {}, close: () => void closed++ },
      ],
      sinkTimeoutMs: 5,
    });
    await recorder.close();
    await turn();
    expect(closed).toBe(1);
    expect(warnings).toHaveLength(2);
  });

  it('that meets refusals of its own makes no events of them, and they are counted', async () => {
    let calls = 0;
    let late = (): void => {};
    const recorder: Recorder = recorderOf({
      async write() {
        calls++;
        await turn();
        recorder.record(code, 'blocked', { host: 'webhook' });
        // A connection that stays open has this context, and may serve a request later.
        late = AsyncResource.bind(() => recorder.record(code, 'blocked', { host: 'request' }));
      },
    });
    recordMany(recorder, 1);
    await recorder.flush();
    expect(calls).toBe(1);
    expect(recorder.stats()).toMatchObject({ recorded: 1, bySinks: 1 });
    late();
    expect(recorder.stats()).toMatchObject({ recorded: 2, bySinks: 1 });
    await recorder.close();
    expect(calls).toBe(2);
  });

  it('whose error holds what an attacker sent prints it harmlessly', async () => {
    const recorder = recorderOf({
      write() {
        throw new Error(`cannot post token=hunter2\r\n\u001b[2J${'x'.repeat(10_000)}`);
      },
    });
    recordMany(recorder, 1);
    await recorder.close();
    expect(warnings[0]).toContain('token=[redacted]\\u000d\\u000a\\u001b');
    expect(warnings[0]?.length).toBeLessThan(500);
  });
});
