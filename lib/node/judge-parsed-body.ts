import type { IncomingMessage } from 'node:http';
import { refuse } from '../internal/refuse.ts';
import type { RequestLimits } from '../limits/request-limits.ts';

/**
 * Judges what body parsers put into `req.body`, when they put it there: the parser hands the refusal on as its own error, and no
 * handler sees the body.
 */
export function judgeParsedBody(req: IncomingMessage, { judgeBody }: RequestLimits): void {
  let body = (req as { body?: unknown }).body;
  Object.defineProperty(req, 'body', {
    // Without a prototype, as a polluted one would add attributes.
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => body,
    set: (parsed: unknown) => {
      // Upload parsers assign the same object again for each field: judging it each time is quadratic.
      if (parsed === body) return;
      const judged = judgeBody(parsed);
      if (!judged.allow) refuse(judged);
      body = parsed;
    },
  } as PropertyDescriptor);
}
