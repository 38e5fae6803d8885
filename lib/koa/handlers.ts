import type { Middleware } from 'koa';
import { cspReportEndpoint, type ReportEndpoint } from '../csp/report-endpoint.ts';
import type { HtmlTag } from '../csrf/csrf.ts';
import { knownOptions } from '../internal/known-options.ts';
import { cspReportHandler as reportsTo } from '../node/csp-report-handler.ts';
import { mountedRequest } from '../node/static/mounted-request.ts';
import {
  staticFiles as filesOf,
  type StaticFileOptions as NodeOptions,
} from '../node/static/static-files.ts';
import { Misuse } from '../refusal/misuse.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';
import type { KoaContext } from './koa-context.ts';

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
 * import { html, render } from 'bulwark/html';
 * import { bulwark, csrfField } from 'bulwark/koa';
 * import { keyring } from 'bulwark/secrets';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(bulwark({ csrf: { keys: keyring(process.env['APP_SECRET'] ?? '') } }));
 * app.use((ctx) => {
 *   ctx.type = 'html';
 *   ctx.body = render(html`<form method="post">${csrfField(html, ctx)}<button>Buy</button></form>`);
 * });
 * ```
 */
export function csrfField<T>(html: HtmlTag<T>, { req }: Pick<KoaContext, 'req'>): T {
  return csrfFieldFor(html, req);
}

/**
 * The same token for scripts, which send it in the header `X-CSRF-Token`.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken({ req }: Pick<KoaContext, 'req'>): string {
  return csrfTokenFor(req);
}

/**
 * Receives browsers' reports at the path that `csp({ reportTo })` names. It answers 204 to a report, and 400, 405, 413, 415 or 429 to
 * anything else.
 *
 * @param endpoint keep a reference, to call its `violations()`
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, cspReportHandler } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const router = new Router();
 * router.all('/csp-reports', cspReportHandler());
 * new Koa().use(bulwark({ csp: { reportTo: '/csp-reports' } })).use(router.routes());
 * ```
 */
export function cspReportHandler(endpoint: ReportEndpoint = cspReportEndpoint()): Middleware {
  const receive = reportsTo(endpoint);
  return async function cspReports(ctx) {
    ctx.respond = false;
    const { body } = ctx.request as KoaContext['request'];
    // A body that was parsed before is where frameworks over `node:http` keep it.
    receive(body === undefined ? ctx.req : Object.assign(Object.create(ctx.req), { body }), ctx.res);
  };
}

export interface StaticFileOptions extends NodeOptions {
  /** Where the folder appears, such as `/assets`. `/` by default. */
  readonly prefix?: string;
}

/**
 * Serves the files of a folder: pages, style sheets, scripts and images of your own, which may run. Never point it at uploads, or at
 * the folder of the application itself.
 *
 * Whatever is not a file to serve goes on to the next middleware: a folder without an index, a name with a dot in front, a path
 * that leaves the folder, another method than GET and HEAD, a path with an encoded slash, letter, digit, dot, hyphen or underscore
 * (CWE-22, CWE-177, CWE-548, CWE-552).
 *
 * @param root an absolute path
 * @throws Misuse `path/invalid-root`, `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, staticFiles } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa().use(bulwark());
 * app.use(staticFiles('/srv/shop/assets', { prefix: '/assets', cacheControl: 'public, max-age=3600' }));
 * ```
 */
export function staticFiles(root: string, options: StaticFileOptions = {}): Middleware {
  const { prefix = '/', ...rest } = knownOptions(options, staticFileOptions);
  if (typeof prefix !== 'string' || !prefix.startsWith('/')) {
    throw new Misuse('bulwark/invalid-option', 'prefix is a path that begins with a slash, such as /assets.');
  }
  const mount = prefix.replace(/\/+$/, '');
  const serve = filesOf(root, rest);

  return async function staticFileMiddleware(ctx, next) {
    const target = (ctx.req.url ?? '').replace(/^https?:\/\/[^/]*/i, '');
    // Koa keeps the URL that was sent: koa-mount and its like change the request's own.
    const below = mountedRequest(ctx.req, target.slice(mount.length), ctx.originalUrl);
    const isBelow = target.startsWith(`${mount}/`);
    if (isBelow && (await serve(below, ctx.res))) ctx.respond = false;
    else await next();
  };
}

const staticFileOptions: readonly (keyof StaticFileOptions)[] = [
  ...(['prefix', 'disposition', 'cacheControl', 'allowEmbedding', 'links'] as const),
  ...(['allowDotFiles', 'allowHardLinks', 'index'] as const),
];
