import type { OnError } from '../errors/failure-log.ts';
import { cutResponse } from '../node/cut-response.ts';
import { writeError } from '../node/write-error.ts';
import type { KoaContext } from './koa-context.ts';

/** Answers an error in place of Koa, which removes all headers first, and never answers after `throw null`. */
export function answerError(error: unknown, ctx: KoaContext, log: OnError): void {
  ctx.respond = false;
  // Koa 2 reports the failure of a stream a second time.
  if (answered.has(ctx) && answered.get(ctx) === error) return;
  answered.set(ctx, error);
  try {
    if (!writeError(error, ctx.res, log)) cutResponse(ctx.res);
  } catch {
    // A response that other code has changed so that it can't be written.
    cutResponse(ctx.res);
  }
}

/** The latest error of each response. */
const answered = new WeakMap<KoaContext, unknown>();
