import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { cspReportEndpoint, type ReportEndpoint } from '../csp/report-endpoint.ts';
import type { HtmlTag } from '../csrf/csrf.ts';
import { cspReportHandler as reportsTo } from '../node/csp-report-handler.ts';
import { mountedRequest } from '../node/static/mounted-request.ts';
import { staticFiles as filesOf, type StaticFileOptions } from '../node/static/static-files.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';

/** A request or reply of any of Fastify's servers. */
interface WithRaw {
  readonly raw: object;
}

/**
 * The hidden field that a form of this page needs for browsers that don't say who sent a request. Needs `session` or `csrf` with keys. The
 * response is kept out of shared caches.
 *
 * @param html the tag of `bulwark/html`
 * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 *
 * @example
 * ```ts
 * import { bulwark, csrfField } from 'bulwark/fastify';
 * import { html, render } from 'bulwark/html';
 * import { keyring } from 'bulwark/secrets';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark, { csrf: { keys: keyring(process.env['APP_SECRET'] ?? '') } });
 * app.get('/form', (request, reply) =>
 *   reply
 *     .type('text/html; charset=utf-8')
 *     .send(render(html`<form method="post">${csrfField(html, request)}<button>Buy</button></form>`)),
 * );
 * ```
 */
export function csrfField<T>(html: HtmlTag<T>, { raw }: WithRaw): T {
  return csrfFieldFor(html, raw as IncomingMessage);
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken({ raw }: WithRaw): string {
  return csrfTokenFor(raw as IncomingMessage);
}

/**
 * A plugin that receives browsers' reports at the path that `csp: { reportTo }` names. It answers 204 to a report, and 400, 405, 413, 415 or 429
 * to anything else.
 *
 * @param endpoint keep a reference, to call its `violations()`
 *
 * @example
 * ```ts
 * import { bulwark, cspReportHandler } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark, { csp: { reportTo: '/csp-reports' } });
 * await app.register(cspReportHandler(), { prefix: '/csp-reports' });
 * ```
 */
export function cspReportHandler(endpoint: ReportEndpoint = cspReportEndpoint()): FastifyPluginAsync {
  const receive = reportsTo(endpoint);
  return async function cspReports(scope) {
    // Reports have types of their own, and the endpoint reads them within its own limits.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/', (request, reply) => {
      reply.hijack();
      receive(request.raw, reply.raw);
    });
  };
}

/**
 * A plugin that serves the files of a folder: pages, style sheets, scripts and images of your own, which may run. Never point it at uploads, or
 * at the folder of the application itself.
 *
 * Whatever is not a file to serve is answered by the application's 404: a folder without an index, a name with a dot in front, a path
 * that leaves the folder, a path with an encoded slash, letter, digit, dot, hyphen or underscore (CWE-22, CWE-177, CWE-548, CWE-552).
 *
 * @param root an absolute path
 * @throws Misuse `path/invalid-root`, `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, staticFiles } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * await app.register(staticFiles('/srv/shop/assets', { cacheControl: 'public, max-age=3600' }), { prefix: '/assets' });
 * ```
 */
export function staticFiles(root: string, options: StaticFileOptions = {}): FastifyPluginAsync {
  const serve = filesOf(root, options);
  return async function staticFilePlugin(scope) {
    scope.route({
      ...{ method: ['GET', 'HEAD'], url: '/*' },
      async handler(request, reply) {
        const url = belowPrefix(scope, request.raw);
        const wasSent =
          url !== undefined && (await serve(mountedRequest(request.raw, url), reply.raw as ServerResponse));
        return wasSent ? reply.hijack() : reply.callNotFound();
      },
    });
  };
}

/** The path below the scope's prefix, as it came. */
function belowPrefix({ prefix }: FastifyInstance, { url = '' }: IncomingMessage): string | undefined {
  const target = url.replace(/^https?:\/\/[^/]*/i, '');
  const mount = prefix.replace(/\/$/, '');
  return target.startsWith(`${mount}/`) ? target.slice(mount.length) : undefined;
}
