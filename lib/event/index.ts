/**
 * Every refusal is an event. This is where events go.
 *
 * @module
 */

export { configureEvents } from './record.ts';
export { createRecorder, type Recorder, type RecorderOptions, type RecorderStats } from './recorder.ts';
export { redact } from './redact/redact.ts';
export { isSecretName } from './redact/secret-name.ts';
export { visible } from './redact/visible.ts';
export type { Evidence, SecurityEvent } from './security-event.ts';
export { toEcs } from './shape/to-ecs.ts';
export { toOcsf } from './shape/to-ocsf.ts';
export type { Threshold } from './sink/alert-threshold.ts';
export { type JsonLinesOptions, jsonLinesSink } from './sink/json-lines-sink.ts';
export { type Logger, loggerSink } from './sink/logger-sink.ts';
export { type OtlpOptions, otlpSink } from './sink/otlp-sink.ts';
export type { PostOptions, SinkFetch } from './sink/post.ts';
export type { Shape, Sink, SinkStats } from './sink/sink.ts';
export { stderrSink } from './sink/stderr-sink.ts';
export { type SyslogOptions, syslogSink } from './sink/syslog-sink.ts';
export { type WebhookMessage, type WebhookOptions, webhookSink } from './sink/webhook-sink.ts';
