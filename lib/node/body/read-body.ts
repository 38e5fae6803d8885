import type { IncomingMessage } from 'node:http';
import { enforce, refusalOf } from '../../internal/refuse.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { judgeAnnouncedBody, judgeBodySoFar } from '../../request/announced-body.ts';

/**
 * All of a request's body. A larger one is refused, and what still comes of it is read and dropped, so that the client sees the answer.
 *
 * @throws Refusal `request/body-too-large`; an AbortError if the client has disconnected
 * @throws Misuse `request/body-already-read`
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  enforce(judgeAnnouncedBody(req.headers['content-length'], maxBytes));
  if (req.readableEnded) {
    // The check of a token in a form may have met the end of an empty body.
    if (!req.readableDidRead) return Promise.resolve(Buffer.alloc(0));
    throw new Misuse('request/body-already-read');
  }
  // It will tell nobody that it ended: what waited for it would wait for ever.
  if (req.destroyed) return Promise.reject(disconnected());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (settle: () => void): void => {
      req.off('data', read).off('end', ended).off('error', failed).off('close', closed);
      settle();
    };
    const read = (chunk: Buffer): void => {
      bytes += chunk.length;
      const judged = judgeBodySoFar(bytes, maxBytes);
      if (judged.allow) {
        chunks.push(chunk);
        return;
      }
      end(() => reject(refusalOf(judged)));
      req.resume();
    };
    // A stream of HTTP/2 that the client destroyed ends as a complete one does.
    const ended = (): void =>
      end(() =>
        (req as { readonly aborted?: boolean }).aborted === true
          ? reject(disconnected())
          : resolve(Buffer.concat(chunks)),
      );
    const failed = (error: NodeJS.ErrnoException): void =>
      end(() => reject(error.code === 'ECONNRESET' ? disconnected() : error));
    const closed = (): void => end(() => reject(disconnected()));
    req.on('data', read).on('end', ended).on('error', failed).on('close', closed);
  });
}

/** Not the application's failure, so that it fills no log. */
function disconnected(): DOMException {
  return new DOMException('The client disconnected.', 'AbortError');
}
