import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { securityHeaders } from '../headers/headers.ts';
import type { ServerLimits } from '../limits/limits.ts';
import { defendServer as defend } from '../node/defend-server.ts';
import { stateOf } from '../node/head/response-state.ts';

/**
 * Defends what only a server can, as `defendServer` of `bulwark/node`: limits for slow clients and connections, the decision about a body before
 * a client that waits for `100 Continue` sends it, and an answer without details to malformed HTTP (CWE-209). Responses of `@hono/node-server` itself, to
 * targets that aren't URLs, get the security headers too.
 *
 * @param server what `serve()` or `createAdaptorServer()` returned
 * @returns the server
 * @throws Misuse `bulwark/invalid-option`, as `limits` does
 *
 * @example
 * ```ts
 * import { createAdaptorServer } from '@hono/node-server';
 * import { bulwark, defendServer } from 'bulwark/hono';
 * import { Hono } from 'hono';
 * import type { Server } from 'node:http';
 *
 * const app = new Hono().use(bulwark());
 * defendServer(createAdaptorServer(app) as Server).listen(8080);
 * ```
 */
export function defendServer<S extends Server>(server: S, options: ServerLimits = {}): S {
  defend(server, options);
  const headers = [...securityHeaders(), ['Content-Security-Policy', "default-src 'none'"] as const];
  server.prependListener('request', (req, res) => {
    if (!isUsual(req)) addIfUnanswered(res, headers);
  });
  return server;
}

/** Whether the target certainly becomes a URL. */
function isUsual({ url = '', headers }: IncomingMessage): boolean {
  return /^\/[!#-;=?-[\]_a-z~]*$/.test(url) && headers.host !== undefined;
}

/** Adds the headers when the response is written, unless the application has begun it by then. */
function addIfUnanswered(res: ServerResponse, headers: readonly (readonly [string, string])[]): void {
  const { writeHead } = res as { writeHead: (...args: unknown[]) => ServerResponse };
  (res as { writeHead: unknown }).writeHead = function (this: ServerResponse, ...args: unknown[]) {
    if (stateOf(this) === undefined) {
      for (const [name, value] of headers) if (!this.hasHeader(name)) this.setHeader(name, value);
    }
    return writeHead.apply(this, args);
  };
}
