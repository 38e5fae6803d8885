export interface RequestDetail {
  'request/invalid-host': { readonly host: string; readonly reason: string };
  'request/untrusted-proxy': { readonly peer: string; readonly header: string; readonly hops: number };
  'request/body-too-large': { readonly announced: number | null; readonly maxBodyBytes: number };
  'request/unsupported-body': { readonly reason: 'type' | 'encoding' | 'charset'; readonly accepts: string };
}

export const requestCodes = {
  /**
   * `Host` says which site the client means. Caches, proxies and links in emails rely on it. If two programs read it differently, the request
   * may be an attack (CWE-444, web cache poisoning, password-reset poisoning). RFC 9112, section 3.2, requires a 400 for a second `Host` line
   * and for a malformed value. If the request target contains a host, `Host` must be the same.
   *
   * ```text
   * GET / HTTP/1.1
   * Host: shop.example.com
   * Host: evil.example
   * ```
   */
  'request/invalid-host': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 444,
    owasp: 'A02:2025',
    message:
      'A request was refused, because its Host header is repeated or malformed, or differs from its target.',
    hint: 'Browsers and proxies send one valid Host. If your own proxy sent this one, correct its configuration.',
  },
  /**
   * The body is larger than the application accepts. If the client announced the length in `Content-Length`, the request is refused before any
   * of the body is read. A body without a length (`Transfer-Encoding: chunked`) is cut off when it exceeds the limit; `announced` is then null.
   * The connection is closed. Raise `maxBodyBytes` only for the route that accepts large uploads.
   *
   * ```ts
   * import { bulwark } from 'bulwark/express';
   *
   * bulwark({ maxBodyBytes: (req) => (req.url?.startsWith('/import/') ? 20_000_000_000 : 10_000_000) });
   * ```
   */
  'request/body-too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A request was refused, because its body is larger than the limit.',
    hint: 'If the upload is legitimate, raise `maxBodyBytes` for its route.',
  },
  /**
   * The body is of a type that the route does not read, is compressed, or has a charset other than UTF-8. A compressed body of a few kilobytes
   * can expand to a gigabyte (CWE-409), and a parser that guesses the charset can read other text than the text that was checked. `reason` says
   * which of the three it is.
   *
   * ```ts
   * import { json } from 'bulwark/express';
   * import express from 'express';
   * import { z } from 'zod';
   *
   * // Without `Content-Type: application/json`, this route refuses the body.
   * express().post('/orders', json({ schema: z.object({ id: z.number() }) }), (req, res) => res.json(req.body.id));
   * ```
   */
  'request/unsupported-body': {
    kind: 'refusal',
    status: 415,
    severity: 'low',
    cwe: 436,
    owasp: 'A06:2025',
    message:
      'A request was refused, because the route does not read bodies of this type, encoding or charset.',
    hint: 'The client must send the Content-Type that the route reads, uncompressed, in UTF-8.',
  },
  /**
   * `json`, `form`, `readJson` or `readForm` was called for a request whose body another parser had read. A body can be read once.
   *
   * ```ts
   * import { json } from 'bulwark/express';
   * import express from 'express';
   *
   * const app = express(); // without app.use(express.json())
   * app.post('/orders', json(), (req, res) => res.json(req.body));
   * ```
   */
  'request/body-already-read': {
    kind: 'misuse',
    message: 'The body of the request was read already.',
    hint: 'Remove the other body parser from the route.',
  },
  /**
   * A request had `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host` or `Forwarded`, and bulwark ignored them, because `peer` is not a
   * trusted proxy. If `peer` is your own proxy, all your clients appear to have the same address until you list it in `trustedProxies`. If it is
   * not, someone may have forged their address, to get around rate limits or to hide in the log (CWE-348), or a proxy in the client's own
   * network added the header. `hops` is the configured number of proxies.
   *
   * ```ts
   * import { trustedProxies } from 'bulwark/request';
   *
   * trustedProxies({ hops: 1, from: ['10.0.0.0/8'] }); // a load balancer in this network
   * trustedProxies({ hops: 2, from: ['private', '198.51.100.0/24'] }); // a CDN, then a proxy with a private address
   * ```
   */
  'request/untrusted-proxy': {
    kind: 'notice',
    severity: 'low',
    cwe: 348,
    owasp: 'A02:2025',
    message: 'Forwarded headers were ignored, because the peer that sent them is not a trusted proxy.',
    hint: 'If the peer is your own proxy, set `trustedProxies: { hops, from }` with its address. Otherwise, nothing needs to be done.',
  },
} as const;
