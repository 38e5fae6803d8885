import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { limits, type ServerLimits } from '../limits/limits.ts';
import { expectContinue } from './expect-continue.ts';
import { rawAnswer } from './raw-answer.ts';

/**
 * Defends what only a server can: the limits of `bulwark/limits` for slow clients and connections, the decision about a body before a
 * client that waits for `100 Continue` sends it, and an answer without details to what is no HTTP (CWE-209).
 *
 * Every request must pass `bulwark()`, which says `100 Continue`. Call it before `listen`.
 *
 * @returns the server
 * @throws Misuse `bulwark/invalid-option`, as `limits` does
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { bulwark, defendServer } from 'bulwark/node';
 *
 * defendServer(createServer(bulwark({}, (req, res) => res.end('hello')))).listen(8080);
 * ```
 */
export function defendServer<S extends Server>(server: S, options: ServerLimits = {}): S {
  limits(server, options);
  expectContinue(server);
  server.on('clientError', answerMalformed);
  return server;
}

/** The statuses that Node itself answers with. Everything else is a 400. */
const statuses: ReadonlyMap<unknown, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** A parser's error names what it did not expect, and its `rawPacket` holds what the client sent: none of it is answered. */
function answerMalformed(error: Error & { readonly code?: unknown }, socket: Duplex): void {
  const { _httpMessage: open } = socket as { _httpMessage?: ServerResponse | null };
  // Behind half an answer, another one would be read as part of it. If the open request has come whole, the error is about
  // the next one, and would be read as its answer.
  const isAnothers = open?.headersSent || open?.req.complete;
  if (!socket.writable || error.code === 'ECONNRESET' || isAnothers) {
    socket.destroy();
    return;
  }
  const status = statuses.get(error.code) ?? 400;
  socket.end(rawAnswer(Object.assign(new Error(), { status, expose: true })));
}
