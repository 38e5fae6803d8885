import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRecorder, type Recorder, type RecorderOptions } from '../recorder.ts';
import type { SecurityEvent } from '../security-event.ts';
import type { Sink } from './sink.ts';

// Before the recorder loads: it takes the timers that there are then.
vi.hoisted(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));

const code = 'fetch/private-address';

beforeEach(() => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  // The longest pause there is.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => void vi.useRealTimers());

/** The turns of the event loop in which what is due now is done. */
async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}
async function after(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await turns();
}

let batches: (readonly SecurityEvent[])[];
let works: boolean;

function recorderOf(sink: Partial<Sink> = {}, options: Partial<RecorderOptions> = {}): Recorder {
  batches = [];
  works = false;
  const write = (batch: readonly SecurityEvent[]): void => {
    batches.push(batch);
    if (!works) throw new Error('no');
  };
  return createRecorder({ sinks: [{ name: 'test', write, ...sink }], windowMs: 3_600_000, ...options });
}
let made = 0;
function recordMany(recorder: Recorder, n: number): void {
  for (let i = 0; i < n; i++) recorder.record(code, 'blocked', { host: `h${made++}` });
}
const sizes = (): number[] => batches.map((batch) => batch.length);
function expectBalance(recorder: Recorder): void {
  const { recorded, pending, sinks } = recorder.stats();
  for (const { written, waiting, dropped } of sinks)
    expect(pending + written + waiting + dropped).toBe(recorded);
}

describe('a sink that fails', () => {
  it('is probed with one batch at a time, twice as long after each, while the rest waits', async () => {
    const recorder = recorderOf();
    recordMany(recorder, 1_000);
    await turns();
    expect(sizes()).toEqual([100]);
    for (const [probe, ms] of [200, 400, 800].entries()) {
      await after(ms - 1);
      expect(sizes()).toHaveLength(probe + 1);
      await after(1);
      expect(sizes()).toHaveLength(probe + 2);
    }
    expect(recorder.stats().sinks).toMatchObject([{ written: 0, waiting: 600, dropped: 400 }]);
    expectBalance(recorder);
    works = true;
    await recorder.close();
  });

  it('is not written to sooner by what is recorded meanwhile, which is bounded', async () => {
    const recorder = recorderOf({}, { maxQueue: 300 });
    recordMany(recorder, 10);
    await turns();
    for (let i = 0; i < 10; i++) {
      recordMany(recorder, 100);
      await turns();
    }
    expect(sizes()).toEqual([10]);
    expect(recorder.stats().sinks).toMatchObject([{ waiting: 300, dropped: 710 }]);
    works = true;
    await recorder.close();
    expectBalance(recorder);
  });

  it('is told at once what it missed when it works again, and then gets what waited without pauses', async () => {
    const recorder = recorderOf();
    recordMany(recorder, 350);
    await turns();
    works = true;
    await after(200);
    expect(sizes()).toEqual([100, 100, 101, 50]);
    expect(batches[2]?.at(-1)).toMatchObject({ code: 'event/dropped', evidence: { [code]: 100 } });
    expect(recorder.stats().sinks).toMatchObject([{ written: 250, waiting: 0, dropped: 100 }]);
    // The next failure is the first again.
    works = false;
    recordMany(recorder, 1);
    await turns();
    recordMany(recorder, 1);
    await after(199);
    expect(sizes()).toHaveLength(5);
    await after(1);
    expect(sizes()).toHaveLength(6);
    await recorder.close();
  });

  it('is tried three times in a flush, and once where it failed before, and never after the close', async () => {
    const recorder = recorderOf();
    recordMany(recorder, 1_000);
    await recorder.flush();
    expect(sizes()).toEqual([100, 100, 100]);
    expect(recorder.stats().sinks).toMatchObject([{ waiting: 0, dropped: 1_000 }]);
    recordMany(recorder, 500);
    await recorder.close();
    expect(sizes()).toHaveLength(4);
    expect(recorder.stats().sinks).toMatchObject([{ waiting: 0, dropped: 1_500 }]);
    await after(3_600_000);
    expect(sizes()).toHaveLength(4);
  });
});

describe('a sink that gathers', () => {
  it('gets the first event at once, and then batches that are full or have waited', async () => {
    const recorder = recorderOf({ gatherMs: 50 });
    works = true;
    recordMany(recorder, 1);
    await turns();
    recordMany(recorder, 30);
    await after(49);
    expect(sizes()).toEqual([1]);
    await after(1);
    expect(sizes()).toEqual([1, 30]);
    recordMany(recorder, 130);
    await turns();
    expect(sizes()).toEqual([1, 30, 100]);
    await recorder.close();
    expect(sizes()).toEqual([1, 30, 100, 30]);
  });
});
