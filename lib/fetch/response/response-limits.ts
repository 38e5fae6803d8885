import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import type { Reply } from './reply.ts';

/** The most bytes of a response's headers. */
export const maxHeaderBytes = 16_384;

/** How many interim responses (1xx) may come before the one that counts: 103 comes once or twice, if at all. */
export const maxInformational = 16;

/** The most bytes that may arrive for a body of `maxBytes`: stored blocks and headers of a coding add a little. */
export function maxEncodedBytes({ maxBytes }: FetchPolicy): number {
  return maxBytes + Math.ceil(maxBytes / 100) + 4_096;
}

/** What the head of a response says: a length is believed only where it says that the body is too large. */
export function decideResponse(
  { body, headers }: Pick<Reply, 'body' | 'headers'>,
  method: string,
  host: string,
  policy: FetchPolicy,
): Decision {
  const length = headers.get('content-length') ?? '';
  if (body === null || method === 'HEAD' || length === '0') return allowed;
  const type = headers.get('content-type') ?? '';
  if (policy.contentTypes && !isWanted(type, policy.contentTypes)) {
    return deny('fetch/content-type', { host, type: type.slice(0, 100) });
  }
  const encodings = headers.get('content-encoding') ?? '';
  const codings = encodings.split(',').filter((coding) => decoded.has(coding.trim().toLowerCase()));
  if (codings.length > 1) return deny('fetch/content-encoding', { host, encodings: encodings.slice(0, 100) });
  if (/^\d+$/.test(length) && Number(length) > policy.maxBytes) {
    return deny('fetch/response-too-large', { host, part: 'body', limit: policy.maxBytes });
  }
  return allowed;
}

/** Codings that multiply. One of those that are known here is taken off; two of any are never needed. */
const decoded: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

/** Compares the type without its parameters: `image/*` in the list is every image. */
function isWanted(header: string, wanted: readonly string[]): boolean {
  const type = (header.split(';')[0] ?? '').trim().toLowerCase();
  return wanted.includes(type) || wanted.includes(type.replace(/\/.*$/, '/*'));
}

/** Which limit of ours undici enforced, if the error is one of those. */
export function limitPassed(error: unknown, host: string, policy: FetchPolicy): Denied | undefined {
  for (let depth = 0, e = error; depth < 8 && e instanceof Error; depth++, e = e.cause) {
    switch ((e as NodeJS.ErrnoException).code) {
      case 'UND_ERR_CONNECT_TIMEOUT':
        return deny('fetch/timeout', { host, limitMs: policy.connectTimeoutMs });
      case 'UND_ERR_HEADERS_TIMEOUT':
      case 'UND_ERR_BODY_TIMEOUT':
        return deny('fetch/timeout', { host, limitMs: policy.timeoutMs });
      case 'UND_ERR_HEADERS_OVERFLOW':
        return deny('fetch/response-too-large', { host, part: 'headers', limit: maxHeaderBytes });
      case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
        return deny('fetch/response-too-large', { host, part: 'body', limit: policy.maxBytes });
    }
  }
  return undefined;
}
