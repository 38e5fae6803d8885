/**
 * Every refusal is an event. This is where events go.
 *
 * @module
 */
export { type JsonLinesOptions, jsonLinesSink } from './json-lines-sink.ts';
export { type Logger, loggerSink } from './logger-sink.ts';
export { configureEvents } from './record.ts';
export { createRecorder, type Recorder, type RecorderOptions, type RecorderStats } from './recorder.ts';
export { redact } from './redact.ts';
export { isSecretName } from './secret-name.ts';
export type { Evidence, SecurityEvent } from './security-event.ts';
export type { Sink, SinkStats } from './sink.ts';
export { stderrSink } from './stderr-sink.ts';
export { visible } from './visible.ts';
