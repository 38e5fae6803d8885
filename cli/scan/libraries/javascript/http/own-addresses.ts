/** Names of sources that are the complete address of the page itself. A redirect to such an address stays on the site. */
export const ownAddresses: ReadonlySet<string> = new Set([
  'dom.Location.href',
  'dom.Location.toString()',
  'dom.Document.URL',
  'dom.Document.documentURI',
  'dom.Document.baseURI',
  // Client routers give the address from its path on.
  'next/router.useRouter().asPath',
  'vue.Route.fullPath',
]);

/**
 * Names of sources that are the target of the request: the URL from its path on. A redirect to such a target stays on the
 * site, unless a route matches a path that begins with two slashes.
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
  // Python.
  'tornado.HTTPServerRequest.uri',
  'tornado.HTTPServerRequest.path',
]);
