/** Sources that are, as a whole, the address of the page itself: whoever is sent there stays on its site. */
export const ownAddresses: ReadonlySet<string> = new Set([
  'dom.Location.href',
  'dom.Location.toString()',
  'dom.Document.URL',
  'dom.Document.documentURI',
]);

/**
 * What was asked for, from its path on. Whoever is sent there stays on the site, unless a route matches what begins with two
 * slashes.
 */
export const requestTargets: ReadonlySet<string> = new Set([
  'http.IncomingMessage.url',
  'express.Request.originalUrl',
  'fastify.Request.url',
  'fastify.Request.originalUrl',
  'koa.Context.url',
  'koa.Context.originalUrl',
  'koa.Request.url',
  'koa.Request.originalUrl',
]);
