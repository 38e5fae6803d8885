import { shared } from '../internal/shared.ts';
import type { NoticeCode, RefusalCode } from '../refusal/codes.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import { stderrSink } from './stderr-sink.ts';

const state = shared<{ recorder: Recorder | undefined }>('recorder', () => ({ recorder: undefined }));

/**
 * Says where this process's events go. Until it is called they go to standard error, one JSON object a line.
 * What the former sinks still hold is flushed to them.
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
  const former = state.recorder;
  state.recorder = createRecorder(options);
  void former?.close().catch(() => {});
  return state.recorder;
}

/** Guards call this; it never throws and never waits. */
export function record(code: RefusalCode | NoticeCode, action: 'blocked' | 'reported', detail: object): void {
  state.recorder ??= createRecorder({ sinks: [stderrSink()] });
  state.recorder.record(code, action, detail);
}
