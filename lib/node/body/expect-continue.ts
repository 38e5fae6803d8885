import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** On the request, so that it is seen by a second copy of this package too. */
const waits: unique symbol = Symbol.for('bulwark.node.continue') as never;

interface Waiting extends IncomingMessage {
  [waits]?: boolean;
}

/**
 * Lets `bulwark()` decide before the client sends its body. With `Expect: 100-continue` a client waits for the server's word;
 * Node gives it before any middleware runs. With this, a body that is refused is never sent.
 *
 * Every request must pass `bulwark()`, which says `100 Continue` once it has admitted the request.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { bulwark, expectContinue } from 'bulwark/node';
 *
 * const app = bulwark({ maxBodyBytes: 10_000_000 }, (req, res) => res.end());
 * expectContinue(createServer(app).listen(8080)); // `Content-Length: 10000000000` is answered with 413, without `100 Continue`
 * ```
 */
export function expectContinue(server: Pick<Server, 'on' | 'emit'>): void {
  server.on('checkContinue', (req: Waiting, res: ServerResponse) => {
    req[waits] = true;
    server.emit('request', req, res);
  });
}

/** Whether the client still waits for the server's word. */
export function awaitsContinue(req: Waiting): boolean {
  // Asked first, because few requests have it.
  return req.headers.expect !== undefined && req[waits] === true;
}

/** Tells a client that waits for it to send its body. */
export function continueBody(req: Waiting, res: ServerResponse): void {
  if (!awaitsContinue(req)) return;
  req[waits] = false;
  res.writeContinue();
}
