import type { IncomingMessage } from 'node:http';
import { refusalOf } from '../../internal/refuse.ts';
import type { RequestLimits } from '../../limits/request-limits.ts';
import type { Refusal } from '../../refusal/refusal.ts';

/**
 * Judges what body parsers put into `body` of its owner, most often the request, when they put it there: the parser hands the refusal
 * on as its own error, and no handler sees the body.
 *
 * @param uncaught called if nothing caught the refusal: a parser that sets `body` in a listener of the request would end the process
 */
export function judgeParsedBody(
  req: IncomingMessage,
  owner: { body?: unknown },
  { judgeBody }: RequestLimits,
  uncaught: (refusal: Refusal) => void,
): void {
  let { body } = owner;
  let refusal: Refusal | undefined;
  Object.defineProperty(owner, 'body', {
    // Without a prototype, as a polluted one would add attributes.
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => body,
    set: (parsed: unknown) => {
      // Upload parsers assign the same object again for each field: judging it each time is quadratic.
      if (parsed === body) return;
      const judged = judgeBody(parsed);
      if (!judged.allow) {
        refusal = refusalOf(judged);
        throw refusal;
      }
      body = parsed;
    },
  } as PropertyDescriptor);

  const { emit } = req;
  req.emit = function (this: IncomingMessage, ...event: Parameters<typeof emit>) {
    try {
      return emit.apply(this, event);
    } catch (error) {
      if (refusal === undefined || error !== refusal) throw error;
      uncaught(refusal);
      return true;
    }
  };
}
