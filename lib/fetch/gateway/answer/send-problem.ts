import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemAnswer } from './problem-answer.ts';

/** What a body may still bring before a connection is closed for it, and not read to its end. */
const mostUnread = 65_536;

/** Answers a plain request with a problem, and reads a small body, so that the connection serves the next request. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, answer: ProblemAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const length = Number(request.headers['content-length'] ?? 0);
  const unbounded = request.headers['transfer-encoding'] !== undefined || !(length <= mostUnread);
  // What was begun to be read is not read on: its client may be the one that stopped.
  if (!request.complete && (unbounded || request.readableDidRead)) response.shouldKeepAlive = false;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(request.method === 'HEAD' ? '' : answer.body);
}
