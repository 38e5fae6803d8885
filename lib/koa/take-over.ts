import type { ServerResponse } from 'node:http';
import type { OnError } from '../errors/failure-log.ts';
import { currentRequest, type RequestContext, resumeRequest } from '../request/context.ts';
import { answerError } from './answer-error.ts';
import type { KoaContext } from './koa-context.ts';

/**
 * Koa sends the response after all middleware has ended, outside of the request's context. This restores the context for what happens then:
 * events about the headers, and errors of a stream or of JSON that can't be written.
 */
export function takeOver(ctx: KoaContext, context: RequestContext, log: OnError): void {
  const { res } = ctx;
  let hasLeft = false;
  define(ctx, 'onerror', (error: unknown) => {
    if (error === null || error === undefined) {
      // Koa calls this at the end of each response, and where JSON could not be written because of `throw null`.
      if (isOver(ctx)) return;
    } else {
      hasLeft ||= saysClientLeft(error, ctx);
      if (hasLeft && isOfConnection(error)) return;
    }
    resumeRequest(context, () => answerError(error, ctx, log));
  });
  const writeHead = res.writeHead as (this: ServerResponse, ...head: unknown[]) => ServerResponse;
  define(res, 'writeHead', function (this: ServerResponse, ...head: unknown[]) {
    if (currentRequest() === context) return writeHead.apply(this, head);
    return resumeRequest(context, () => writeHead.apply(this, head));
  });
}

/**
 * Not by an assignment: with `--enable-source-maps`, V8's frequent collections keep each object to which a new function was assigned, and all that
 * it reaches. Of 4,000 requests, that is 14 MB, and 30 microseconds each.
 */
function define(owner: object, name: string, value: unknown): void {
  const attributes = { value, writable: true, configurable: true, enumerable: true };
  // Without a prototype, as a polluted one would add attributes.
  Object.defineProperty(owner, name, { __proto__: null, ...attributes } as PropertyDescriptor);
}

function isOver({ req, res }: KoaContext): boolean {
  if (res.headersSent || res.destroyed) return true;
  const { stream } = res as { readonly stream?: { readonly destroyed?: boolean } };
  return stream ? stream.destroyed === true : req.socket.destroyed;
}

/** The client left while it was waiting or being answered. A client that leaves often must not fill the log. */
function saysClientLeft(error: unknown, { req, res, body }: KoaContext): boolean {
  // A stream that fails while it is sent takes the connection with it. It may be the answer of another server.
  if (error === (body as { errored?: unknown } | undefined)?.errored) return false;
  // A reset shows up on the connection before the response is closed.
  return res.destroyed || (req.httpVersionMajor === 1 && error === req.socket.errored);
}

function isOfConnection(error: unknown): boolean {
  try {
    const { code } = error as { readonly code?: unknown };
    return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
  } catch {
    // A proxy whose traps throw.
    return false;
  }
}
