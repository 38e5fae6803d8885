export interface RequestDetail {
  'request/invalid-host': { readonly host: string; readonly reason: string };
  'request/untrusted-proxy': { readonly peer: string; readonly header: string; readonly hops: number };
  'request/body-too-large': { readonly announced: number | null; readonly maxBodyBytes: number };
  'request/unsupported-body': { readonly reason: 'type' | 'encoding' | 'charset'; readonly accepts: string };
}

export const requestCodes = {
  /**
   * `Host` says which site the client means. Caches, proxies and links in emails rely on it, so a request that two programs read differently
   * can be an attack (CWE-444, web cache poisoning, password-reset poisoning). RFC 9112, section 3.2, requires a 400 for a second
   * `Host` line and for a malformed value. A request target that contains a host must name the same host.
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
   * The client announced a larger body in `Content-Length` than the application accepts. The request is refused before any of the body is
   * read. A body without a length (`Transfer-Encoding: chunked`) is cut off once it exceeds the limit; `announced` is then null. The
   * connection is closed. Raise `maxBodyBytes` only for the route that accepts large uploads.
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
   * The body is of a type that the route does not read, is compressed, or is in another charset than UTF-8. A compressed body of a few
   * kilobytes can be a gigabyte when it is read (CWE-409), and a parser that guesses a charset can read other text than the one that was
   * checked. `reason` says which of the three it is.
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
      'A request was refused, because its body is of a type, an encoding or a charset that the route does not read.',
    hint: 'The client sends the Content-Type that the route reads, uncompressed, in UTF-8.',
  },
  /**
   * A request had `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host` or `Forwarded`, and they were ignored, because `peer` is not a
   * trusted proxy. If `peer` is your own proxy, all your clients look like one until you list it in `trustedProxies`. If it is not, someone
   * may have forged their address, to get around rate limits or to hide in the log (CWE-348), or the header is from
   * a proxy of the client's own network. `hops` is the configured number of proxies.
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
    hint: 'If the peer is your own proxy, set `trustedProxies: { hops, from }` with its address. Otherwise you need do nothing.',
  },
} as const;
