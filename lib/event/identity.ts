import { nodeHash } from '../internal/node-hash.ts';
import type { Action, EventCode, RequestFacts } from './build-event.ts';

/** It is another one each second, so that a refused client who keeps trying would cause a new event each second. */
const passing = 'retryAfterSeconds';

let known: { readonly hash: ReturnType<typeof nodeHash> } | undefined;

/**
 * What makes two events the same: everything but the request's id and what only tells the time. Hashed, so that what is kept for it
 * has one size whatever the client sent; as JSON, so that no value can be written to look like two.
 */
export function identity(
  code: EventCode,
  action: Action,
  detail: object,
  request: RequestFacts | undefined,
): string {
  const parts: unknown[] = [code, action, request?.method, request?.route, request?.client, request?.user];
  for (const [name, value] of Object.entries(detail)) if (name !== passing) parts.push(name, part(value));
  const text = JSON.stringify(parts);
  known ??= { hash: nodeHash() };
  // In a worker the whole text is kept: it is bounded too, and a digest would have to be awaited.
  return known.hash?.('sha256', text, 'base64') ?? text;
}

function part(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, 1024);
  // In a list, so that no string is the same.
  return [value === null || !['object', 'function'].includes(typeof value) ? String(value) : typeof value];
}
