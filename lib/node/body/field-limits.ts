import type { IncomingMessage } from 'node:http';
import { enforce } from '../../internal/refuse.ts';
import type { RequestLimits } from '../../limits/request-limits.ts';

const limitsOf = new WeakMap<IncomingMessage, RequestLimits>();

/** Holds what this package parses of the request's body to these limits. */
export function limitFields(req: IncomingMessage, limits: RequestLimits): void {
  limitsOf.set(req, limits);
}

/** @throws Refusal `limits/too-many-fields`, `limits/too-deep` */
export function judgeFields<T>(req: IncomingMessage, body: T): T {
  const limits = limitsOf.get(req);
  if (limits) enforce(limits.judgeBody(body));
  return body;
}
