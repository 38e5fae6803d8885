import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { Decision } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { AnyRequest } from '../request/any-request.ts';
import type { ResponseHeaders } from '../web/response-headers.ts';

interface Served {
  /** Judges a body that was parsed. */
  judgeBody(body: unknown): Decision;
}

/** A request and its response of `node:http`, as @hono/node-server gives them to the application. */
export interface NodeServed extends Served {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** A request of any other server, and what its response will have. */
export interface WebServed extends Served {
  readonly request: Request;
  readonly added: ResponseHeaders;
}

/** The number is that of the value's shape, as copies of other versions may be loaded too. */
const key: unique symbol = Symbol.for('bulwark.hono.begun.1') as never;

interface Store {
  get(name: symbol): NodeServed | WebServed | undefined;
  set(name: symbol, value: NodeServed | WebServed): void;
}

/** Remembers that `bulwark()` took the request. */
export function markBegun(c: Context, served: NodeServed | WebServed): void {
  (c as unknown as Store).set(key, served);
}

/** What `bulwark()` took, undefined if the request did not pass it. */
export function begunOf(c: Context): NodeServed | WebServed | undefined {
  return (c as unknown as Store).get(key);
}

/** @throws Misuse `bulwark/invalid-option` for a request that did not pass `bulwark()` */
export function begunWith(c: Context, what: string): NodeServed | WebServed {
  const begun = begunOf(c);
  if (begun) return begun;
  throw new Misuse(
    'bulwark/invalid-option',
    `The request must pass bulwark() before ${what}: app.use(bulwark()) first.`,
  );
}

export function isNode(served: NodeServed | WebServed): served is NodeServed {
  return 'incoming' in served;
}

/** The request as the guards know it. */
export function guardedRequest(served: NodeServed | WebServed): AnyRequest {
  return isNode(served) ? served.incoming : served.request;
}
