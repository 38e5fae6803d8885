import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Bytes. Cookies know no ports: what a payload leaves in the undefended application comes to every server of the lab, and
 * with Node's own limit would shut the visitor out.
 */
export const maxHeaderSize = 1_000_000;

/**
 * Lets in who knows the token, as the first part of the path, and strips it. Another page in the visitor's browser must
 * not reach the hole that the lab opened on purpose, by no name that it gives this address either (DNS rebinding).
 */
export function behindToken(token: string, app: RequestListener): RequestListener {
  const prefix = `/${token}`;
  return (req, res) => {
    const { port } = req.socket.address() as AddressInfo;
    if (req.headers.host !== `127.0.0.1:${port}` || !req.url?.startsWith(`${prefix}/`)) {
      res
        .writeHead(403, { 'Content-Type': 'text/plain' })
        .end('This is the lab. Its address has a token in it.\n');
      return;
    }
    req.url = req.url.slice(prefix.length);
    // An answer that was kept would be shown under the policy of an application that has been started anew since.
    res.setHeader('Cache-Control', 'no-store');
    if (req.headers['x-forwarded-host'] === undefined) keepBelow(prefix, res);
    app(req, res);
  };
}

/** A path from the root of the shop is one below the token, where no proxy stands before it. */
function keepBelow(prefix: string, res: ServerResponse): void {
  const { writeHead } = res;
  res.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    const to = this.getHeader('location');
    if (typeof to === 'string' && /^\/(?!\/)/.test(to) && !to.startsWith(`${prefix}/`))
      this.setHeader('Location', prefix + to);
    return Reflect.apply(writeHead, this, args);
  } as typeof writeHead;
}
