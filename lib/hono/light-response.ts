import type { Context } from 'hono';

/**
 * Makes the response an instance of @hono/node-server's own class, as nearly all are. If the body of any other response, such as one that `fetch`
 * returned, fails before its first bytes, the server sends the error's message to the client (CWE-209). For its own class, it closes the connection.
 */
export function lighten(c: Context): undefined {
  if (!c.finalized) return;
  const { res } = c;
  if (res.constructor === Response || res.body === null || res.status === 101) return;
  c.res = undefined;
  c.res = new Response(res.body, res);
}
