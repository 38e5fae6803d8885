import type { IncomingMessage, ServerResponse } from 'node:http';

/** The parts of a context that are used, so that those of every version of Koa fit. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly request: { readonly req: IncomingMessage; body?: unknown; readonly files?: unknown };
  readonly app: { emit(event: 'error', error: Error, ctx: unknown): unknown };
  readonly state: object;
  readonly originalUrl: string;
  readonly query?: unknown;
  readonly params?: unknown;
  /** Set by @koa/router. */
  readonly _matchedRoute?: unknown;
  body?: unknown;
  type?: string;
  /** False where the response is not Koa's to send. */
  respond?: boolean | undefined;
  onerror(error: unknown): void;
}
