import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRecorder, type Recorder } from '../recorder.ts';
import type { SecurityEvent } from '../security-event.ts';
import type { Sink } from './sink.ts';

const warnings: string[] = [];
beforeEach(() => {
  warnings.length = 0;
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)));
});
afterEach(() => void vi.restoreAllMocks());

const code = 'fetch/private-address';

function recordMany(recorder: Recorder, n: number): void {
  for (let i = 0; i < n; i++) recorder.record(code, 'blocked', { host: `h${i}` });
}
function recorderOf(sink: Omit<Sink, 'name'>): Recorder {
  return createRecorder({ sinks: [{ name: 'test', ...sink }] });
}

describe('a sink', () => {
  it.each([
    [
      'an object as its message',
      Object.assign(new Error(), { message: { error: 'busy' } }),
      '[object Object]',
    ],
    ['no message', Object.assign(new Error(), { message: undefined }), 'undefined'],
    ['no text', Object.create(null), 'what it threw has no text'],
    ['a symbol', Symbol('no'), 'Symbol(no)'],
    ['nothing', undefined, 'undefined'],
    [
      'a trap',
      new Proxy(new Error('x'), {
        getPrototypeOf: () => {
          throw new Error('trap');
        },
      }),
      'what it threw has no text',
    ],
  ])('that rejects with %s is reported, counted, and called again', async (_, reason, text) => {
    let broken = true;
    const events: SecurityEvent[] = [];
    const recorder = recorderOf({
      async write(batch) {
        if (broken) throw reason;
        events.push(...batch);
      },
      async close() {
        throw reason;
      },
    });
    recordMany(recorder, 3);
    await recorder.flush();
    expect(warnings).toEqual([
      `The event sink "test" fails: ${text}. It is reported again once it has worked.`,
    ]);
    expect(recorder.stats().sinks).toMatchObject([{ written: 0, waiting: 0, dropped: 3 }]);
    broken = false;
    recordMany(recorder, 2);
    await recorder.close();
    expect(events.filter((event) => event.code === code)).toHaveLength(2);
    expect(recorder.stats()).toMatchObject({ recorded: 5, sinks: [{ written: 2, waiting: 0, dropped: 3 }] });
  });

  it.each([
    undefined,
    { write() {} },
    { name: '', write() {} },
    { name: Symbol('no'), write() {} },
    { name: 'no write' },
    { name: 'x', write() {}, close: 1 },
    { name: 'x', write() {}, gatherMs: Number.NaN },
  ])('that is none is refused at start: %#', (sink) => {
    expect(() => createRecorder({ sinks: [sink as never] })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('may be an object of a class', async () => {
    class Keeping {
      readonly events: SecurityEvent[] = [];
      get name(): string {
        return 'keeping';
      }
      write(batch: readonly SecurityEvent[]): void {
        this.events.push(...batch);
      }
    }
    const sink = new Keeping();
    const recorder = createRecorder({ sinks: [sink] });
    recordMany(recorder, 3);
    await recorder.close();
    expect(sink.events).toHaveLength(3);
  });

  it('is called again where even the warning cannot be made', async () => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {
      throw new Error('no warnings here');
    });
    let broken = true;
    const recorder = recorderOf({
      write() {
        if (broken) throw new Error('no');
      },
    });
    recordMany(recorder, 3);
    await recorder.flush();
    broken = false;
    recordMany(recorder, 2);
    await recorder.close();
    expect(recorder.stats().sinks).toMatchObject([{ written: 2, waiting: 0, dropped: 3 }]);
  });
});
