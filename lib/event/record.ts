import { shared } from '../internal/shared.ts';
import type { Action, EventCode } from './build-event.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import { stderrSink } from './sink/stderr-sink.ts';

interface State {
  recorder: Recorder | undefined;
  /** The one for standard error, where nobody said where events go. */
  standard?: Recorder;
  /** How many tests send attacks of their own at the moment. */
  quiet?: number;
}

let known: State | undefined;

/** Kept here, because each refusal asks for it. */
function state(): State {
  known ??= shared<State>('recorder', () => {
    const created: State = { recorder: undefined };
    // The last window's counts are written before the process ends by itself. `process.exit()` does not wait: an
    // application that calls it awaits `close()` first.
    globalThis.process?.once?.('beforeExit', () => void created.recorder?.flush());
    return created;
  });
  return known;
}

/**
 * Says where this process's events go. Until it is called they go to standard error, one JSON object a line.
 * What the former sinks still hold is flushed to them.
 *
 * @returns the recorder: `await recorder.close()` before `process.exit()`.
 *
 * @example
 * ```ts
 * import { configureEvents, jsonLinesSink, loggerSink } from 'bulwark/event';
 * import { pino } from 'pino';
 *
 * configureEvents({
 *   sinks: [loggerSink(pino()), jsonLinesSink({ file: '/var/log/app/security.jsonl' })],
 * });
 * ```
 */
export function configureEvents(options: RecorderOptions): Recorder {
  const recorder = createRecorder(options);
  offerRecord();
  const former = state().recorder;
  state().recorder = recorder;
  void former?.close();
  return recorder;
}

/** Guards call this; it never throws and never waits. */
export function record(code: EventCode, action: Action, detail: object): void {
  const own = state();
  if ((own.quiet ?? 0) > 0 && own.recorder === own.standard) return;
  own.recorder ??= own.standard = createRecorder({ sinks: [stderrSink()] });
  own.recorder.record(code, action, detail);
}

/** Lets code that also runs in browsers, and therefore doesn't import this file, write events where they can be written. */
export function offerRecord(): void {
  shared('record', () => record);
}

/**
 * For tests that send attacks of their own: until the function that it gives is called, nothing is written to standard
 * error by default. Sinks of `configureEvents` get everything.
 */
export function quietByDefault(): () => void {
  const own = state();
  own.quiet = (own.quiet ?? 0) + 1;
  let ended = false;
  return () => {
    if (!ended) own.quiet = (own.quiet ?? 1) - 1;
    ended = true;
  };
}
