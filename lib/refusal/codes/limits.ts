export interface LimitsDetail {
  'limits/url-too-long': { readonly length: number; readonly maxUrlLength: number };
  'limits/too-many-headers': { readonly headers: number; readonly maxHeaders: number };
  'limits/too-many-fields': { readonly where: 'query' | 'body'; readonly most: number };
  'limits/too-deep': { readonly maxDepth: number };
  'limits/too-many-connections': { readonly by: string };
}

export const limitsCodes = {
  /**
   * The request's path and query are longer than `maxUrlLength`. Long URLs overflow logs, caches and proxies, and slow down the regular
   * expressions of routers (CWE-770). Send large data in a body.
   *
   * ```ts
   * import { requestLimits } from 'bulwark/limits';
   *
   * requestLimits({ maxUrlLength: 12_000 }); // 8,192 by default
   * ```
   */
  'limits/url-too-long': {
    kind: 'refusal',
    status: 414,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A request was refused, because its URL is longer than the limit.',
    hint: 'If your own page sends it, send the data in a body, or raise `maxUrlLength`.',
  },
  /**
   * The request has more header lines than `maxHeaders`. Browsers send about 20. After some thousand lines, Node silently drops the rest,
   * so a check of a dropped header would see nothing (CWE-770).
   *
   * ```ts
   * import { requestLimits } from 'bulwark/limits';
   *
   * requestLimits({ maxHeaders: 150 }); // 100 by default
   * ```
   */
  'limits/too-many-headers': {
    kind: 'refusal',
    status: 431,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A request was refused, because it has more header lines than the limit.',
    hint: 'If a proxy of yours adds that many, raise `maxHeaders`.',
  },
  /**
   * The query or the parsed body has more fields than the limit. The usual parsers drop further fields silently, so two parts of an
   * application can see different data. Without a limit, a small request can be costly (CWE-770).
   *
   * ```ts
   * import { requestLimits } from 'bulwark/limits';
   *
   * requestLimits({ maxQueryFields: 2_000, maxBodyFields: 500_000 });
   * ```
   */
  'limits/too-many-fields': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A request was refused, because its query or body has more fields than the limit.',
    hint: 'If the request is legitimate, raise `maxQueryFields` or `maxBodyFields`.',
  },
  /**
   * The parsed body is nested deeper than `maxBodyDepth`. `JSON.parse` accepts any depth, and the first recursive function that reads the result
   * overflows the stack (CWE-674).
   *
   * ```text
   * {"a":{"a":{"a":{"a": ... }}}}
   * ```
   */
  'limits/too-deep': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 674,
    owasp: 'A06:2025',
    message: 'A request was refused, because its body is nested deeper than the limit.',
    hint: 'If your documents are that deep, raise `maxBodyDepth`.',
  },
  /**
   * The server closed new connections, because it, or one address (`by`), reached its limit. One client that opens thousands of
   * connections and sends nothing locks others out (CWE-770). If `by` is your own proxy or CDN, list it in `countNot`.
   *
   * ```ts
   * import { createServer } from 'node:http';
   * import { limits } from 'bulwark/limits';
   *
   * limits(createServer(), { maxConnections: 20_000, countNot: ['198.51.100.0/24'] });
   * ```
   */
  'limits/too-many-connections': {
    kind: 'notice',
    severity: 'medium',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A new connection was closed, because there are too many.',
    hint: 'If they are legitimate, raise `maxConnections` or `maxConnectionsPerAddress`, or list your proxy in `countNot`.',
  },
  /**
   * `limits` was not called for this server. A middleware sees a request only once its headers have arrived, so it cannot stop
   * clients that send them slowly, or that only open connections (CWE-400). Written once for each server.
   *
   * ```ts
   * import { createServer } from 'node:http';
   * import { limits } from 'bulwark/limits';
   *
   * const server = createServer((req, res) => res.end('hello')); // or createServer(app), with Express
   * limits(server).listen(8080);
   * ```
   */
  'limits/server-without-limits': {
    kind: 'notice',
    severity: 'low',
    cwe: 400,
    owasp: 'A02:2025',
    message: 'The server has no limits for slow clients and connections.',
    hint: 'Call `limits(server)` of bulwark/limits before `listen`.',
  },
} as const;
