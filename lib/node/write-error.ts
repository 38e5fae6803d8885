import type { ServerResponse } from 'node:http';
import { isCdnCacheControl } from '../csp/page-cache-control.ts';
import { answerTo } from '../errors/answer-to.ts';
import { describesBody } from '../errors/describes-body.ts';
import type { OnError } from '../errors/failure-log.ts';
import { isGivenUp } from './body/is-given-up.ts';

/**
 * Answers an error, and passes it to `log` if it is the application's failure.
 *
 * @returns false if part of a response was already sent: only closing the connection shows the client that it is incomplete
 */
export function writeError(error: unknown, res: ServerResponse, log: OnError): boolean {
  const answer = answerTo(error);
  if (answer.isFailure && !isGivenUp(error, res)) log(error, answer.requestId);
  if (res.writableEnded) return true;
  if (res.headersSent) return false;
  // The handler may have described a body that it then could not send.
  for (const name of res.getHeaderNames()) {
    if (describesBody(name) || isCdnCacheControl(name)) res.removeHeader(name);
  }
  res.statusCode = answer.status;
  // HTTP/2 has none, and warns.
  if (res.req.httpVersionMajor === 1) res.statusMessage = '';
  for (const [name, value] of answer.headers) {
    // The page's own policy is at least as good for what is no page.
    if (name !== 'Content-Security-Policy' || !res.hasHeader(name)) res.setHeader(name, value);
  }
  res.setHeader('Content-Length', Buffer.byteLength(answer.body));
  res.end(answer.body);
  return true;
}
