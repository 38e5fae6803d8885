import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { KoaContext } from './koa-context.ts';

/**
 * Waits until a stream that is the response's body has something to send. One that fails before can still be answered with an error; once
 * Koa pipes it, its failure closes the connection.
 *
 * @throws what the stream fails with
 */
export async function openBody(ctx: KoaContext): Promise<void> {
  if (ctx.respond === false || ctx.res.headersSent) return;
  // Koa 3 makes this of them itself, when it is too late for an error, and never cancels one whose client has left (CWE-772).
  const web = ctx.body instanceof Response ? ctx.body.body : ctx.body;
  if (web instanceof ReadableStream) {
    // Koa stops listening after HEAD, and an error that nothing hears would end the process.
    ctx.body = Readable.fromWeb(web as WebStream).on('error', () => {});
  }
  if (ctx.req.method === 'HEAD') {
    // Koa describes the text that it sends for a status to GET only (RFC 9110, 9.3.2).
    if (ctx.body === undefined && !isEmpty.has(ctx.res.statusCode)) ctx.type = 'text';
    return;
  }
  const { body } = ctx;
  if (!(body instanceof Readable)) return;
  if (body.errored) throw body.errored;
  if (body.readableLength > 0 || body.destroyed || body.readableEnded) return;
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void): void => {
      body.off('readable', ready).off('end', ready).off('close', ready).off('error', failed);
      ctx.res.off('close', ready);
      settle();
    };
    const ready = (): void => end(resolve);
    const failed = (error: unknown): void => end(() => reject(error));
    // Until Koa listens itself.
    body.on('error', () => {});
    body.on('readable', ready).on('end', ready).on('close', ready).on('error', failed);
    ctx.res.on('close', ready);
  });
}

/** Statuses without a body. */
const isEmpty = new Set([204, 205, 304]);
