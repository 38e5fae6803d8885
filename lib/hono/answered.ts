/** Tells @hono/node-server that Node's response was sent already. */
export function answered(): Response {
  const response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  // Its own Response writes without a look at the headers, until something asks for the body.
  void response.body;
  return response;
}
