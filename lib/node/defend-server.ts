import type { Server } from 'node:http';
import { limits, type ServerLimits } from '../limits/limits.ts';
import { answerMalformed } from './answer-malformed.ts';
import { expectContinue } from './body/expect-continue.ts';

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
  // Once, also where an adapter has set it: a second call would cut off the first one's answer.
  server.off('clientError', answerMalformed).on('clientError', answerMalformed);
  return server;
}
