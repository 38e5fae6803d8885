/**
 * Every refusal is an event. This is where events go.
 *
 * @module
 */
export type { Threshold } from './alert-threshold.ts';
export { type JsonLinesOptions, jsonLinesSink } from './json-lines-sink.ts';
export { type Logger, loggerSink } from './logger-sink.ts';
export { type OtlpOptions, otlpSink } from './otlp-sink.ts';
export type { PostOptions, SinkFetch } from './post.ts';
export { configureEvents } from './record.ts';
export { createRecorder, type Recorder, type RecorderOptions, type RecorderStats } from './recorder.ts';
export { redact } from './redact.ts';
export { isSecretName } from './secret-name.ts';
export type { Evidence, SecurityEvent } from './security-event.ts';
export type { Shape, Sink, SinkStats } from './sink.ts';
export { stderrSink } from './stderr-sink.ts';
export { type SyslogOptions, syslogSink } from './syslog-sink.ts';
export { toEcs } from './to-ecs.ts';
export { toOcsf } from './to-ocsf.ts';
export { visible } from './visible.ts';
export { type WebhookMessage, type WebhookOptions, webhookSink } from './webhook-sink.ts';
