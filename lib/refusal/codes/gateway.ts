/** The role that was asked, and whether it was a tunnel (`CONNECT`) or a plain request. */
interface Asked {
  role: string;
  method: string;
}

export interface GatewayDetail {
  'gateway/unauthenticated': { method: string; why: string };
  'gateway/invalid-request': { method: string; why: string };
  'gateway/proxy-loop': Asked & { host: string; port: number; rule: string };
  'gateway/rate-limited': Asked & { limit: number };
  'gateway/too-busy': Asked & { limit: number; rule: string };
}

export const gatewayCodes = {
  /**
   * The gateway serves known clients only. A client authenticates with `Proxy-Authorization: Basic`, or with a certificate if the
   * gateway listens with TLS.
   *
   * ```text
   * curl -x http://127.0.0.1:4750 https://example.com/                      407
   * curl -x http://previews:SECRET@127.0.0.1:4750 https://example.com/      200
   * ```
   */
  'gateway/unauthenticated': {
    kind: 'refusal',
    status: 407,
    severity: 'medium',
    cwe: 306,
    owasp: 'A07:2025',
    message: 'The egress gateway refused a client that has no valid credentials for any role.',
    hint: 'Put the user and password into the URL of the proxy, or use a client certificate that a role names.',
  },
  /**
   * The request is not one for a proxy, or it is ambiguous: a target without a port or with user information, a body with two
   * lengths, a target for an origin server, or `https://` without `CONNECT`.
   *
   * ```text
   * GET http://example.com/ HTTP/1.1         forwarded
   * CONNECT example.com:443 HTTP/1.1         a tunnel
   * GET https://example.com/ HTTP/1.1        400
   * CONNECT [[::1]]:443 HTTP/1.1             400
   * ```
   */
  'gateway/invalid-request': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 444,
    owasp: 'A05:2025',
    message: 'The egress gateway refused a request that is not one for a proxy.',
    hint: 'Plain requests use a full http:// URL; everything else uses CONNECT host:port.',
  },
  /**
   * The destination is the gateway itself: one of this machine's addresses with its own port, or a request that already
   * came through it. Nothing can allow this, because each round would start the next.
   *
   * ```text
   * curl -x http://127.0.0.1:4750 http://127.0.0.1:4751/metrics      403
   * ```
   */
  'gateway/proxy-loop': {
    kind: 'refusal',
    status: 403,
    severity: 'high',
    cwe: 918,
    owasp: 'A01:2025',
    message: 'The egress gateway refused a request that leads back to itself.',
    hint: 'Call the gateway or its admin port directly, not through the gateway.',
  },
  /**
   * A role exceeded its `requestsPerSecond`. `Retry-After` says when to try again.
   *
   * ```text
   * limits: { requestsPerSecond: 50 }
   * ```
   */
  'gateway/rate-limited': {
    kind: 'refusal',
    status: 429,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'The egress gateway refused a request, because its role sent too many.',
    hint: 'Wait as long as Retry-After says, or raise requestsPerSecond of the role.',
  },
  /**
   * The gateway or the role has reached its limit of open tunnels and requests, or of names being resolved.
   *
   * ```text
   * limits: { maxTunnels: 1000, maxTunnelsPerRole: 200 }
   * ```
   */
  'gateway/too-busy': {
    kind: 'refusal',
    status: 503,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'The egress gateway refused a request, because it has reached its limit of open ones.',
    hint: 'Close idle connections, or raise maxTunnels or maxTunnelsPerRole.',
  },
  /**
   * The gateway does not start, or keeps its old configuration, because a value makes no sense. The message names the place in the
   * file: `roles[0].hosts`.
   *
   * ```text
   * roles:
   *   - name: previews
   *     credentials: [{ user: previews, passwordEnv: PREVIEWS_PASSWORD }]
   *     hosts: public
   * ```
   */
  'gateway/invalid-config': {
    kind: 'misuse',
    message: 'The configuration of the egress gateway has an invalid value.',
    hint: 'Correct what the message names. `bulwark-gateway --config FILE --check` checks the file without starting.',
  },
  /**
   * Reading YAML needs the package `yaml`, which bulwark does not install. JSON needs no package.
   *
   * ```text
   * npm install yaml
   * ```
   */
  'gateway/yaml-missing': {
    kind: 'misuse',
    message: 'The configuration is in YAML, and the package `yaml` is not installed.',
    hint: 'Run `npm install yaml`, or write the configuration as JSON.',
  },
} as const;
