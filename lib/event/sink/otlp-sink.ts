import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { otlpRecord } from '../shape/otlp-record.ts';
import { checkPost, type PostOptions, post, postOptions } from './post.ts';
import type { Sink } from './sink.ts';

export interface OtlpOptions extends PostOptions {
  /** `service.name` of the resource. OTEL_SERVICE_NAME unless told, and `unknown_service:node` where that is not set. */
  readonly serviceName?: string;
}

/**
 * OpenTelemetry logs over OTLP/HTTP in JSON: one request a batch, to `v1/logs` under `url`. A receiver that is busy (429,
 * 502, 503, 504; by its own Retry-After) or not connected is tried three times within `timeoutMs`; a record may then arrive
 * twice, with the same `log.record.uid`. Where the receiver rejects a part, the whole batch counts as lost.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/ (1.x), and the semantic conventions for the names of attributes.
 * @throws {Misuse} for options that make no sense, or that there are not.
 *
 * @example
 * ```ts
 * import { configureEvents, otlpSink } from 'bulwark/event';
 * import { createFetch } from 'bulwark/fetch';
 *
 * const fetch = createFetch({ name: 'otlp', hosts: ['otlp.example.com'], methods: ['POST'] });
 * configureEvents({ sinks: [otlpSink({ url: 'https://otlp.example.com', fetch, serviceName: 'shop' })] });
 * // POST https://otlp.example.com/v1/logs {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name",...
 * ```
 */
export function otlpSink(options: OtlpOptions): Sink {
  const own = knownOptions(options, [...postOptions, 'serviceName']);
  const receiver = checkPost(own);
  const { url } = receiver;
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/v1/logs') ? path : `${path}/v1/logs`;
  const service = own.serviceName ?? globalThis.process?.env?.['OTEL_SERVICE_NAME'] ?? 'unknown_service:node';
  if (typeof service !== 'string' || service === '')
    throw new Misuse('bulwark/invalid-option', 'serviceName takes a name.');
  // All that is the same in each body.
  const resource = JSON.stringify({ attributes: [{ key: 'service.name', value: { stringValue: service } }] });
  const begin = `{"resourceLogs":[{"resource":${resource},"scopeLogs":[{"scope":{"name":"bulwark"},"logRecords":[`;
  const end = ']}]}]}';
  return {
    name: `otlp ${url.host}`,
    gatherMs: 100,
    async write(events) {
      const body = begin + events.map(otlpRecord).join() + end;
      expectAll(await post(receiver, body));
    },
  };
}

function expectAll(text: string): void {
  let rejected = 0;
  try {
    const { partialSuccess } = JSON.parse(text) as { partialSuccess?: { rejectedLogRecords?: unknown } };
    rejected = Number(partialSuccess?.rejectedLogRecords ?? 0);
  } catch {
    // Some receivers answer with nothing, or with text.
  }
  if (rejected > 0) throw new Error(`the receiver rejected ${rejected} records`);
}
