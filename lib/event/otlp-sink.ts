import { Misuse } from '../refusal/misuse.ts';
import { otlpRecord } from './otlp-record.ts';
import { type Answer, checkPost, type PostOptions, post } from './post.ts';
import type { Sink } from './sink.ts';
import { whole } from './whole.ts';

export interface OtlpOptions extends PostOptions {
  /** `service.name` of the resource. OTEL_SERVICE_NAME unless told, and `unknown_service:node` where that is not set. */
  readonly serviceName?: string;
}

const attempts = 3;
/** What the specification says may be tried again. */
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * OpenTelemetry logs over OTLP/HTTP in JSON: one request a batch, to `v1/logs` under `url`. A receiver that is busy (429,
 * 502, 503, 504) is tried three times within `timeoutMs`, by its own Retry-After; a record may then arrive twice, with the same
 * `log.record.uid`. Where the receiver rejects a part, the whole batch counts as lost.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/ (1.x), and the semantic conventions for the names of attributes.
 * @throws {Misuse} for a URL, headers or a time that make no sense.
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
  const url = logsUrl(checkPost(options));
  const timeoutMs = whole('timeoutMs', options.timeoutMs ?? 4_000, 600_000);
  const headers = { ...options.headers, 'content-type': 'application/json' };
  const service = options.serviceName ?? process.env['OTEL_SERVICE_NAME'] ?? 'unknown_service:node';
  if (typeof service !== 'string' || service === '')
    throw new Misuse('bulwark/invalid-option', 'serviceName takes a name.');
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };

  return {
    name: `otlp ${new URL(url).host}`,
    async write(events) {
      const scopeLogs = [{ scope: { name: 'bulwark' }, logRecords: events.map(otlpRecord) }];
      const body = JSON.stringify({ resourceLogs: [{ resource, scopeLogs }] });
      const ends = performance.now() + timeoutMs;
      const signal = AbortSignal.timeout(timeoutMs);
      for (let attempt = 1; ; attempt++) {
        const answer = await post(options.fetch, url, headers, body, signal);
        if (answer.status >= 200 && answer.status < 300) return expectAll(answer);
        const waitMs = passing.includes(answer.status) ? pauseOf(answer, attempt) : Number.POSITIVE_INFINITY;
        if (attempt === attempts || performance.now() + waitMs >= ends)
          throw new Error(`the receiver answered ${answer.status}`);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    },
  };
}

function logsUrl(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/v1/logs') ? path : `${path}/v1/logs`;
  return url.href;
}

/** Milliseconds. Early or late by a half, so that many processes do not come back together. */
function pauseOf({ retryAfter }: Answer, attempt: number): number {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return seconds >= 0 ? seconds * 1_000 : 100 * 4 ** (attempt - 1) * (0.5 + Math.random());
}

function expectAll({ text }: Answer): void {
  let rejected = 0;
  try {
    const { partialSuccess } = JSON.parse(text) as { partialSuccess?: { rejectedLogRecords?: unknown } };
    rejected = Number(partialSuccess?.rejectedLogRecords ?? 0);
  } catch {
    // Some receivers answer with nothing, or with text.
  }
  if (rejected > 0) throw new Error(`the receiver rejected ${rejected} records`);
}
