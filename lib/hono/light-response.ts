import type { Context } from 'hono';

/**
 * Makes the response one of @hono/node-server's own, as nearly all are. To a client it sends the message of an error of any other one's body
 * (CWE-209), such as one that `fetch` returned, if the body fails before its first bytes. Of its own, it closes the connection.
 */
export function lighten(c: Context): undefined {
  if (!c.finalized) return;
  const { res } = c;
  if (res.constructor === Response || res.body === null || res.status === 101) return;
  c.res = undefined;
  c.res = new Response(res.body, res);
}
