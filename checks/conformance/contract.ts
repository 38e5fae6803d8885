/**
 * One suite for all adapters: each case asks the same of every framework, over a real socket.
 *
 * An application is `apps/<framework>.ts`, which exports `app: ConformanceApp`. It serves the routes below in the framework's own
 * idiom: its router, its templates or JSX, its helpers for headers, cookies and redirects, and its own path for errors. It takes from
 * `world/world.ts` what has nothing to do with the framework. Add `<framework>.test.ts` with one line,
 * `testFramework('koa', () => import('./apps/koa.ts'));`, and run
 *
 *     npx vitest run checks/conformance -t koa
 *     npx vitest run checks/conformance/koa -t 'errors/'       # one area
 *
 * If a framework can't do what a case asks, the reason belongs in `differences.ts`. Anything else that fails is a bug.
 *
 * ## Routes
 * Text is text/plain, JSON is application/json, pages are text/html. `world` is what `worldOf(options)` returned. `context()` is the request's
 * context as JSON.
 *
 * | route | answer |
 * |---|---|
 * | GET / | the text `hello` |
 * | GET /page | the template of views/page.ejs, or the same in JSX: `<script nonce="...">` and `<p id="name">`, which shows `?name` escaped |
 * | GET /json | the JSON `{"ok":true}` |
 * | GET /users/:id | the JSON of `context()` |
 * | GET /context/:how | the JSON of `await contextAfter(how)` |
 * | POST /context-body | reads JSON as /json does, then answers the JSON of `context()` |
 * | GET /throw/:what | throws `thrown(what)` in a synchronous handler, where the framework has those |
 * | GET /reject/:what | throws it in an async handler, after an await |
 * | GET /failing | sets `failingHeaders` by the framework's own means and the cookie `kept=1`, then throws an Error |
 * | GET /late | answers the text `late`, and fails afterwards, as the framework lets a handler do that |
 * | GET /slow | the text `slow`, after 50 ms |
 * | GET /stream | streams `world.chunks()` as text |
 * | GET /broken-stream | streams `world.brokenChunks()`: it fails after its first chunk |
 * | GET /failing-stream | streams `world.failingChunks()`: it fails before its first chunk |
 * | GET /endless | streams `world.endless()` until the client leaves |
 * | GET /open | the JSON `{"open":n}` of `world.open()`: how many of these streams still run |
 * | GET /redirect | 302 to `/page` |
 * | GET /cookies | the text `cookies`, with the cookies `a=1` and `b=2` |
 * | GET /cached | as /page, with `Cache-Control: public, max-age=60` and `CDN-Cache-Control: max-age=60` |
 * | GET /style.css | the text `p{}` as text/css, with `Cache-Control: public, max-age=60` |
 * | GET /etag | as /page, with `ETag: "v1"`; 304 with that `ETag` if `If-None-Match` is `"v1"` |
 * | GET /gone | 410 with the text `gone`, set as the framework sets a status |
 * | GET /csp/map | as /page, with `routeCsp({ extend: { 'frame-src': ['https://maps.example'] } })` |
 * | GET /csp/none | as /page, with `routeCsp(false)` |
 * | GET /csp/report-only | as /page, with `routeCsp({ reportOnly: true })` |
 * | GET /widget | the text `widget`, with `routeHeaders(widgetHeaders)` |
 * | GET, OPTIONS /shared/data | the JSON `{"shared":true}`, with `routeCors(sharedCors)` |
 * | GET /limited | the text `limited`, with `routeRateLimit(world.limiter)` |
 * | POST /csp-reports | `cspReportHandler()` |
 * | GET /assets/... | `staticFiles(assets)` |
 * | POST /json | `json()`, then the JSON `{"got":<body>}` |
 * | POST /order | `json({ schema: orderSchema })`, then the JSON `{"ordered":<product>}` |
 * | POST /form | `form()`, then the JSON `{"got":<body>}` |
 * | POST /upload | `upload(world.uploads)`, then the JSON `{"name":..,"bytes":..,"title":..}` of the file `picture` and the field `title` |
 * | POST /raw | reads the body by no parser, then the JSON `{"bytes":n}` |
 * | GET /log | the JSON of `world.log`: the ids of requests that `onError` was called for |
 * | GET /events | the JSON of `await world.events()` |
 * | GET /session | the JSON of `sessionFacts(session)` |
 * | POST /log-in | `logIn('ann')`, then the text `in` |
 * | POST /name | `set({ name: 'lamp' })`, then the cookie `theme=dark` by the framework's own means, then the text `saved` |
 * | POST /log-out | `logOut()`, then the text `out` |
 * | GET /form | a page with a form and `csrfField(html, ...)` |
 * | GET /token | the text of `csrfToken(...)` |
 * | POST /transfer | `form()`, then the text `done` |
 *
 * The last seven are needed only where `options.session` is set. Everything else is the framework's own 404.
 */
import type { CorsOptions } from '../../lib/cors/index.ts';
import type { CspOptions } from '../../lib/csp/index.ts';
import type { HeaderOptions } from '../../lib/headers/header-changes.ts';
import type { RequestLimitOptions } from '../../lib/limits/request-limits.ts';
import type { TrustedProxyOptions } from '../../lib/request/trusted-proxies.ts';

/** Plain data, so that an application in another process can have it as JSON. */
export interface AppOptions {
  /** Options of `bulwark()` as they are. */
  readonly bulwark: {
    readonly origin?: string;
    readonly trustedProxies?: number | TrustedProxyOptions;
    readonly headers?: HeaderOptions | false;
    readonly csp?: CspOptions | false;
    readonly cors?: CorsOptions;
    readonly maxBodyBytes?: number;
    readonly limits?: RequestLimitOptions | false;
  };
  /** Sessions of this kind, and CSRF with keys. */
  readonly session?: 'sealed' | 'memory';
  /** How many requests a minute an address may send. */
  readonly rateLimit?: number;
}

export interface RunningApp {
  /** `http://127.0.0.1:<port>`. Its server is defended by `defendServer`. */
  readonly url: string;
  /** The same over HTTP/2 without TLS, where the framework has it. */
  readonly http2?: string;
  close(): Promise<void>;
}

export interface ConformanceApp {
  start(options: AppOptions): Promise<RunningApp>;
}
