import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import type { SecurityEvent } from './security-event.ts';
import type { Sink } from './sink/sink.ts';

const code = 'fetch/private-address';
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let stopFlood = (): void => {};
afterEach(() => {
  stopFlood();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function recorderOf(sink: Omit<Sink, 'name'>, options: Partial<RecorderOptions> = {}): Recorder {
  return createRecorder({ sinks: [{ name: 'test', ...sink }], ...options });
}
let made = 0;
function recordMany(recorder: Recorder, n: number): void {
  for (let i = 0; i < n; i++) recorder.record(code, 'blocked', { host: `h${made++}` });
}
/** Faster than the sink is: there is always something that waits. */
function flood(recorder: Recorder): void {
  const timer = setInterval(() => recordMany(recorder, 50), 2);
  stopFlood = () => clearInterval(timer);
}
function expectBalance(recorder: Recorder): void {
  const { recorded, pending, sinks } = recorder.stats();
  for (const { written, waiting, dropped } of sinks)
    expect(pending + written + waiting + dropped).toBe(recorded);
}
async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('flush, while events keep coming', () => {
  it('ends once what waited at the call is written', async () => {
    const events: SecurityEvent[] = [];
    const recorder = recorderOf({
      async write(batch) {
        await sleep(10);
        events.push(...batch);
      },
    });
    recordMany(recorder, 250);
    flood(recorder);
    expect(await timeOf(() => recorder.flush())).toBeLessThan(300);
    expect(events.length).toBeGreaterThanOrEqual(250);
    stopFlood();
    await recorder.close();
    expectBalance(recorder);
  });

  it('ends in twice the time of a sink where more waits, and the sink goes on', async () => {
    let written = 0;
    const recorder = recorderOf(
      {
        async write(batch) {
          await sleep(30);
          written += batch.length;
        },
      },
      { sinkTimeoutMs: 60 },
    );
    recordMany(recorder, 700);
    expect(await timeOf(() => recorder.flush())).toBeLessThan(200);
    expect(written).toBeLessThan(700);
    while (written < 700) await sleep(10);
    await recorder.close();
    expect(recorder.stats().sinks).toMatchObject([{ written: 700, waiting: 0, dropped: 0 }]);
  });
});

describe('close', () => {
  it('ends in twice the time of a sink that is slow, which is told what it missed before it is closed', async () => {
    const calls: string[] = [];
    let told = 0;
    const recorder = recorderOf(
      {
        async write(batch) {
          await sleep(40);
          calls.push('write');
          const notice = batch.find((event) => event.code === 'event/dropped');
          told += Number(notice?.evidence[code] ?? 0);
        },
        close: () => void calls.push('close'),
      },
      { sinkTimeoutMs: 150 },
    );
    recordMany(recorder, 3_000);
    flood(recorder);
    expect(await timeOf(() => recorder.close())).toBeLessThan(400);
    stopFlood();
    expect(calls.at(-1)).toBe('close');
    const [sink] = recorder.stats().sinks;
    expect(sink?.waiting).toBe(0);
    expect(told).toBeGreaterThan(1_000);
    expect(told).toBeLessThanOrEqual(sink?.dropped ?? 0);
    expectBalance(recorder);
    const times = calls.length;
    await sleep(100);
    expect(calls).toHaveLength(times);
  });

  it('writes all that waits where the sink is quick, though events keep coming', async () => {
    const events: SecurityEvent[] = [];
    const recorder = recorderOf({ write: (batch) => void events.push(...batch) });
    recordMany(recorder, 3_000);
    const { recorded } = recorder.stats();
    flood(recorder);
    await recorder.close();
    expect(events.length).toBeGreaterThanOrEqual(recorded);
  });

  it('is the end: what comes after it is counted as dropped, and no window keeps it', async () => {
    let writes = 0;
    let closes = 0;
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const recorder = recorderOf(
      {
        write() {
          if (++writes === 1) throw new Error('no');
        },
        close: () => void closes++,
      },
      { windowMs: 10 },
    );
    recordMany(recorder, 1);
    await Promise.all([recorder.close(), recorder.close()]);
    for (let i = 0; i < 3; i++) {
      recorder.record(code, 'blocked', { host: 'the same' });
      await sleep(15);
    }
    await recorder.flush();
    await recorder.close();
    expect([writes, closes]).toEqual([1, 1]);
    expect(recorder.stats()).toMatchObject({
      ...{ recorded: 4, keys: 0, pending: 0 },
      sinks: [{ written: 0, waiting: 0, dropped: 4 }],
    });
  });
});

describe('a test with a clock of its own', () => {
  it('is not held up by a flush, and leaves a recorder that works', async () => {
    const events: SecurityEvent[] = [];
    vi.useFakeTimers();
    const recorder = recorderOf(
      { gatherMs: 1, write: (batch) => void events.push(...batch) },
      { windowMs: 20 },
    );
    recordMany(recorder, 3);
    await recorder.flush();
    expect(events).toHaveLength(3);
    recorder.record(code, 'blocked', { host: 'twice' });
    recorder.record(code, 'blocked', { host: 'twice' });
    vi.useRealTimers();
    while (events.length < 5) await sleep(5);
    expect(events.at(-1)).toMatchObject({ count: 1, evidence: { host: 'twice' } });
    await recorder.close();
  });
});
