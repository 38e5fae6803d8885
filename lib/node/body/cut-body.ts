import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { refusalOf } from '../../internal/refuse.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { judgeBodySoFar } from '../../request/announced-body.ts';
import type { RequestLines } from '../request-lines.ts';

/**
 * Whether a request can have a body of unknown length. If the client announced a length, Node enforces it, unless chunks take precedence:
 * both together pass where a server is set to `insecureHTTPParser` (RFC 9112, 6.3).
 */
export function hasUnknownLength(
  req: IncomingMessage,
  { contentLength, hasTransferEncoding }: RequestLines,
): boolean {
  return hasTransferEncoding || (contentLength === undefined && req.httpVersionMajor > 1);
}

/**
 * Ends the request's stream with the refusal as its error once more than `maxBodyBytes` have come. Whoever reads it gets that
 * error; the stream never ends normally, which would make a part look complete. The connection stays open for the answer.
 *
 * @param cut called before the stream ends
 */
export function cutBody(req: IncomingMessage, maxBodyBytes: number, cut: (refusal: Refusal) => void): void {
  const { push } = req;
  let bytes = 0;
  let isCut = false;
  // The parser calls outside of the request's context.
  const judge = AsyncResource.bind(() => {
    const judged = judgeBodySoFar(bytes, maxBodyBytes);
    if (judged.allow) return;
    isCut = true;
    const refusal = refusalOf(judged);
    cut(refusal);
    // An error of a stream without an error listener would end the process.
    req.on('error', () => {});
    // Destroying it closes the connection too, before the answer is out.
    req._destroy = (error, done) => done(error);
    req.destroy(refusal);
  });
  req.push = function (this: IncomingMessage, chunk: unknown, encoding?: BufferEncoding) {
    if (isCut) return false;
    if (chunk instanceof Uint8Array) {
      bytes += chunk.byteLength;
      if (!(bytes <= maxBodyBytes)) {
        judge();
        return false;
      }
    }
    return push.call(this, chunk, encoding);
  };
}
