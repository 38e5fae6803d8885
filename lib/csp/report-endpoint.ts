import { networkOf } from '../event/network-of.ts';
import { record } from '../event/record.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { outsideRequest } from '../request/context.ts';
import { type CountedViolation, collectViolations } from './collected-violations.ts';
import type { CspViolation } from './csp-violation.ts';
import { parseReports } from './parse-reports.ts';
import { tokenBuckets } from './token-buckets.ts';

export interface ReportEndpointOptions {
  /**
   * The token bucket of each client: its size, and how many tokens it regains per minute. IPv6 clients share a bucket per /64. 60 by
   * default: sixty requests at once, then one per second.
   */
  readonly maxPerClient?: number;
  /** The same for all clients together. 600 by default: six hundred requests at once, then ten per second. */
  readonly maxPerMinute?: number;
  /** How many distinct violations are kept for `violations()`. 500 by default. */
  readonly maxViolations?: number;
}

/** What is known about a request before its body is read. */
export interface ReportRequest {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  /** The client's address, as `clientAddress` finds it. */
  readonly client: string | undefined;
}

/** Receives browsers' reports, safely, because anyone can send them. No method throws because of a request's content. */
export interface ReportEndpoint {
  /** The maximum size of a body in bytes: 16,384. */
  readonly maxBytes: number;
  /** Call it before you read the body. @returns undefined to read it, or the status to answer with: 405, 415 or 429 */
  admit(request: ReportRequest): 405 | 415 | 429 | undefined;
  /** Processes the body of an admitted request. @returns the status to answer with */
  take(body: string | Uint8Array): 204 | 400 | 413;
  /** All violations reported since the start, the most frequent first, for `suggestPolicy`. */
  violations(): readonly CountedViolation[];
}

const maxBytes = 16_384;
const mostClients = 1_000;

/**
 * Receives the reports sent to `reportTo`. It limits what clients can send, removes query strings from URLs, and writes each
 * violation as a `csp/violation` event, once per window with its count. It needs no framework; for Express, use
 * `cspReportHandler` of `bulwark/express`.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { cspReportEndpoint } from 'bulwark/csp';
 *
 * const endpoint = cspReportEndpoint();
 * endpoint.admit({ method: 'POST', contentType: 'text/plain', client: '203.0.113.9' }); // 415
 * endpoint.admit({ method: 'POST', contentType: 'application/csp-report', client: '203.0.113.9' }); // undefined
 * endpoint.take(
 *   '{"csp-report":{"document-uri":"https://a.example/?t=1","effective-directive":"img-src","blocked-uri":"data"}}',
 * ); // 204
 * endpoint.violations(); // [{ directive: 'img-src', blocked: 'data:', document: 'https://a.example/', count: 1, ... }]
 * ```
 */
export function cspReportEndpoint(options: ReportEndpointOptions = {}): ReportEndpoint {
  const own = knownOptions(options, ['maxPerClient', 'maxPerMinute', 'maxViolations']);
  const whole = (name: keyof ReportEndpointOptions, byDefault: number): number => {
    const value = own[name] ?? byDefault;
    if (Number.isSafeInteger(value) && value >= 1 && value <= 100_000) return value;
    throw new Misuse('bulwark/invalid-option', `${name} takes a whole number from 1 to 100000.`);
  };
  const clients = tokenBuckets(whole('maxPerClient', 60), mostClients);
  const all = tokenBuckets(whole('maxPerMinute', 600), 1);
  const collection = collectViolations(whole('maxViolations', 500));

  return Object.freeze({
    maxBytes,
    admit({ method, contentType, client }: ReportRequest) {
      if (method !== 'POST') return 405;
      // Neither is among the types that a form of another site can send.
      if (!mediaType.test(contentType ?? '')) return 415;
      if (clients.take(networkOf(client ?? '')) && all.take('')) return undefined;
      // Of all clients together, or a flood would write as many events as it has addresses.
      outsideRequest(() => record('csp/reports-dropped', 'blocked', {}));
      return 429;
    },
    take(body: string | Uint8Array) {
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) return 400;
      if (lengthOf(body) > maxBytes) return 413;
      const parsed = parseReports(textOf(body));
      if (!parsed) return 400;
      for (const violation of parsed.violations) {
        collection.add(violation);
        write(violation);
      }
      return 204;
    },
    violations: () => collection.list(),
  });
}

const mediaType = /^\s{0,8}application\/(?:reports\+json|csp-report)\s{0,8}(?:;|$)/i;

/** Of no request: who reports is the one who was attacked, and what many report is one event. */
function write({ disposition, ...detail }: CspViolation): void {
  outsideRequest(() => record('csp/violation', disposition === 'enforce' ? 'blocked' : 'reported', detail));
}

function lengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? new TextEncoder().encode(body).byteLength : body.byteLength;
}

function textOf(body: string | Uint8Array): string {
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return '';
  }
}
