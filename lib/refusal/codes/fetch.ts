/** Where it happened; `redirects` counts the hops before it. */
interface Where {
  policy?: string;
  redirects?: number;
}

interface AddressDetail extends Where {
  host: string;
  /** Empty where the name alone decided, before anything was resolved. */
  address: string;
  rule: string;
}

export interface FetchDetail {
  'fetch/invalid-url': Where & { url: string; why: string };
  'fetch/scheme-not-allowed': Where & { url: string };
  'fetch/credentials-in-url': Where & { host: string };
  'fetch/port-not-allowed': Where & { host: string; port: number };
  'fetch/host-not-allowed': Where & { host: string };
  'fetch/method-not-allowed': Where & { method: string; host: string };
  'fetch/private-address': AddressDetail;
  'fetch/cloud-metadata': AddressDetail;
  'fetch/unix-socket': Where & { path: string };
  'fetch/proxied-request': Where & { host: string };
  'fetch/too-many-redirects': Where & { host: string; limit: number };
  'fetch/insecure-redirect': Where & { from: string; to: string };
  'fetch/response-too-large': Where & {
    host: string;
    part: 'body' | 'headers' | 'informational';
    limit: number;
  };
  'fetch/content-encoding': Where & { host: string; encodings: string };
  'fetch/decompression-ratio': Where & { host: string; limit: number };
  'fetch/content-type': Where & { host: string; type: string };
  'fetch/timeout': Where & { host: string; limitMs: number };
}

export const fetchCodes = {
  /**
   * The text is not an absolute URL as browsers read it, is longer than 16,384 characters, or has a host that no
   * resolver accepts: an empty label, more than 253 characters, or anything but letters, digits, `-` and `_`.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: 'public' });
   * await fetch('//example.com/logo.png'); // Refusal fetch/invalid-url
   * await fetch('https://example.com/logo.png'); // a Response
   * ```
   */
  'fetch/invalid-url': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 20,
    owasp: 'A01:2025',
    message: 'An outbound request was refused, because its destination is not a valid absolute URL.',
    hint: 'Ask for a full URL with scheme and host, and answer 400 otherwise.',
  },
  /**
   * Only http and https reach the network here. `file:`, `gopher:`, `dict:`, `ftp:`, `data:` and `blob:` can read
   * local files, speak other protocols or bypass the limits.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: 'public', schemes: ['https'] });
   * await fetch('gopher://example.com:6379/_INFO'); // Refusal fetch/scheme-not-allowed
   * await fetch('http://example.com/'); // Refusal fetch/scheme-not-allowed, because this policy requires https
   * ```
   */
  'fetch/scheme-not-allowed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 918,
    owasp: 'A01:2025',
    message: 'An outbound request was refused, because the scheme of its URL is not allowed.',
    hint: 'Only http and https can be allowed; `schemes` chooses between them.',
  },
  /**
   * `https://api.example.com@evil.example/` goes to evil.example. Credentials in URLs are used to deceive more often
   * than to authenticate, and they end up in logs.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: ['api.example.com'] });
   * await fetch('https://user:secret@api.example.com/'); // Refusal fetch/credentials-in-url
   * await fetch('https://api.example.com/', { headers: { authorization: 'Basic dXNlcjpzZWNyZXQ=' } }); // a Response
   * ```
   */
  'fetch/credentials-in-url': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 918,
    owasp: 'A01:2025',
    message: 'An outbound request was refused, because its URL holds a user name or a password.',
    hint: 'Send credentials in an Authorization header.',
  },
  /**
   * With a port of the attacker's choice, a URL can reach a mail server, a cache or a database that accepts HTTP-like input.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * await createFetch({ hosts: 'public' })('https://example.com:8443/'); // Refusal fetch/port-not-allowed
   * await createFetch({ hosts: 'public', ports: [443, 8443] })('https://example.com:8443/'); // a Response
   * ```
   */
  'fetch/port-not-allowed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because the port of its URL is not allowed.',
    hint: 'If the port is intended, add it to `ports`, or to `allowPrivate` for one private destination.',
  },
  /**
   * The host is not on the policy's list. Names are compared label by label, after lower-casing, IDNA and the removal of a trailing
   * dot. `*.example.com` matches every name below example.com, but not example.com itself.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: ['api.github.com'] });
   * await fetch('https://api.github.com.evil.example/'); // Refusal fetch/host-not-allowed
   * await fetch('https://API.GitHub.com./zen'); // a Response
   * ```
   */
  'fetch/host-not-allowed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because the policy does not list its host.',
    hint: 'If this host is intended, add its name to `hosts`.',
  },
  /**
   * The method is not on the policy's list.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const preview = createFetch({ hosts: 'public', methods: ['GET', 'HEAD'] });
   * await preview('https://example.com/', { method: 'DELETE' }); // Refusal fetch/method-not-allowed
   * ```
   */
  'fetch/method-not-allowed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because its method is not allowed.',
    hint: 'If the method is intended, add it to `methods`. CONNECT, TRACE and TRACK cannot be allowed.',
  },
  /**
   * The name, or the literal in the URL, leads to an address that is not on the public internet: loopback, a private
   * network, link-local, or one of the ranges that embed such an address.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: 'public' });
   * await fetch('http://127.0.0.1:6379/'); // Refusal fetch/private-address
   * ```
   *
   * Name a private destination that you do intend, with its range and port:
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: 'public', allowPrivate: [{ host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443] }] });
   * ```
   */
  'fetch/private-address': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because its destination is not a public address.',
    hint: 'If this destination is intended, add it to `allowPrivate` with its host, range and port.',
  },
  /**
   * The destination is a service that hands the machine's own credentials to any local caller. No name and no range opens it, and
   * report mode doesn't let it through. Only its own literal address does.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * await createFetch({ hosts: 'public' })('http://169.254.169.254/latest/meta-data/'); // Refusal fetch/cloud-metadata
   *
   * createFetch({
   *   hosts: [],
   *   allowPrivate: [{ host: '169.254.169.254', cidr: '169.254.169.254/32', ports: [80] }],
   * });
   * ```
   */
  'fetch/cloud-metadata': {
    kind: 'refusal',
    status: 400,
    severity: 'critical',
    cwe: 918,
    owasp: 'A01:2025',
    message: 'An outbound request was refused, because its destination is a cloud metadata service.',
    hint: "Use the vendor's SDK for the machine's own credentials, and require IMDSv2 with a hop limit of 1.",
  },
  /**
   * The request goes to a Unix socket, such as the one that controls Docker. No rule about hosts covers it.
   *
   * ```ts
   * import http from 'node:http';
   * import { createAgents } from 'bulwark/fetch';
   *
   * const agents = createAgents({ hosts: 'public' });
   * http.get({ socketPath: '/var/run/docker.sock', path: '/info', agent: agents.http }); // Refusal fetch/unix-socket
   * http.get('http://example.com/', { agent: agents.http }); // a response
   * ```
   */
  'fetch/unix-socket': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because it goes to a Unix socket.',
    hint: 'If the socket is intended, use a client without this guard and a path that no user controls.',
  },
  /**
   * The request has the form for a proxy: a full URL in place of the path. Some clients switch to it by themselves if HTTP_PROXY is
   * set. Then only the proxy's host would be checked, and the URL could be anything.
   *
   * ```ts
   * import http from 'node:http';
   * import { createAgents } from 'bulwark/fetch';
   *
   * const agents = createAgents({ hosts: 'public', proxy: 'http://proxy.example.com:3128' });
   * http.get('http://example.com/', { agent: agents.http }); // through that proxy, after the target was checked
   * http.get({ host: 'example.com', path: 'http://10.0.0.1/', agent: agents.http }); // Refusal fetch/proxied-request
   * ```
   */
  'fetch/proxied-request': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 918,
    owasp: 'A01:2025',
    message: 'An outbound request was refused, because it asks a proxy for another destination.',
    hint: "Name the proxy in the policy's `proxy`, and tell the client to use none (`proxy: false` in axios).",
  },
  /**
   * The request was redirected more often than `maxRedirects` allows, which is 10 by default.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: 'public', maxRedirects: 3 });
   * ```
   */
  'fetch/too-many-redirects': {
    kind: 'refusal',
    status: 502,
    severity: 'low',
    cwe: 835,
    owasp: 'A10:2025',
    message: 'An outbound request was refused, because it was redirected too often.',
    hint: 'Look for a loop, or raise `maxRedirects` if the chain is intended.',
  },
  /**
   * An https server redirected to http, where anyone on the network path can read and change the traffic.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: ['legacy.example.com'], allowHttpDowngrade: true });
   * ```
   */
  'fetch/insecure-redirect': {
    kind: 'refusal',
    status: 502,
    severity: 'medium',
    cwe: 319,
    owasp: 'A04:2025',
    reportable: true,
    message: 'An outbound request was refused, because a redirect leads from https to http.',
    hint: 'Ask for the final URL over https, or set `allowHttpDowngrade` for this policy.',
  },
  /**
   * The response's body is larger than `maxBytes` after decoding, or its headers are larger than 16 KiB. The connection is
   * closed at once: a gzip bomb is never unpacked beyond the limit.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: 'public', maxBytes: 50_000_000 });
   * ```
   */
  'fetch/response-too-large': {
    kind: 'refusal',
    status: 502,
    severity: 'medium',
    cwe: 400,
    owasp: 'A10:2025',
    message: 'A response was cut off, because it is larger than the policy allows.',
    hint: 'Raise `maxBytes` if bodies of this size are expected. The limit of 16 KiB for headers is fixed.',
  },
  /**
   * The body is compressed more than once. Each layer multiplies what a small response can become (CVE-2022-32206,
   * GHSA-gm62-xv2j-4w53), and no server needs two.
   *
   * ```text
   * Content-Encoding: gzip, gzip
   * ```
   */
  'fetch/content-encoding': {
    kind: 'refusal',
    status: 502,
    severity: 'medium',
    cwe: 409,
    owasp: 'A10:2025',
    message: 'A response was refused, because it is compressed more than once.',
    hint: 'The server must use one content coding, or none.',
  },
  /**
   * A compressed body grew to more than `maxRatio` times its transferred size, past its first 1,000,000 bytes. Ordinary pages reach 5
   * to 20, tables of zeros some hundreds. Bombs reach a thousand and more.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: ['data.example.com'], maxRatio: 1_000 });
   * ```
   */
  'fetch/decompression-ratio': {
    kind: 'refusal',
    status: 502,
    severity: 'medium',
    cwe: 409,
    owasp: 'A10:2025',
    message: 'A response was cut off, because its compression ratio is higher than the policy allows.',
    hint: 'Raise `maxRatio` for servers with very repetitive data.',
  },
  /**
   * The body has no type, or one that the policy does not list. The type is the server's claim. To know what the bytes really are,
   * inspect them.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: 'public', contentTypes: ['image/png', 'image/jpeg'] });
   * await fetch('https://example.com/photo.jpg'); // a Response
   * await fetch('https://example.com/page.html'); // Refusal fetch/content-type
   * ```
   */
  'fetch/content-type': {
    kind: 'refusal',
    status: 502,
    severity: 'low',
    cwe: 436,
    owasp: 'A01:2025',
    message: 'A response was refused, because the policy does not list its content type.',
    hint: 'If this type is expected, add it to `contentTypes`.',
  },
  /**
   * The exchange took longer than `timeoutMs`, from the call to the last byte of the body, or one connection took longer
   * than `connectTimeoutMs`. It also ends a response whose body is never read.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: 'public', timeoutMs: 30_000 });
   * ```
   */
  'fetch/timeout': {
    kind: 'refusal',
    status: 504,
    severity: 'low',
    cwe: 400,
    owasp: 'A10:2025',
    message: 'An outbound request was cut off, because it took longer than the policy allows.',
    hint: 'Raise `timeoutMs` if exchanges may take this long.',
  },
} as const;
