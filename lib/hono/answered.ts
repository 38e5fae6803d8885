/** Tells @hono/node-server that Node's response was sent already. */
export function answered(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  // The server's own Response is sent without a check of its headers, until something reads the body.
  void response.body;
  return response;
}
