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
   * The gateway serves known clients alone. A client shows who it is by `Proxy-Authorization: Basic`, or by a
   * certificate where the gateway listens with TLS.
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
    message: 'The egress gateway refused a client that showed no credentials of a role.',
    hint: 'Put user and password into the URL of the proxy, or send a client certificate that a role names.',
  },
  /**
   * What came is no request that a proxy serves, or one that two readers could read in two ways: a target without its
   * port or with user information, a body with two lengths, a target for a server and not for a proxy, `https://`
   * where only `CONNECT` can carry it.
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
    hint: 'Plain requests name a full http:// URL; everything else goes through CONNECT host:port.',
  },
  /**
   * The destination is the gateway itself: one of this machine's addresses with its own port, or a request that already
   * came through it. Nothing opens this, as each round would open the next.
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
    hint: 'Ask the gateway or its admin port directly, and not through the gateway.',
  },
  /**
   * A role has asked more often than its `requestsPerSecond`. The answer says when to come again (`Retry-After`).
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
    message: 'The egress gateway refused a request, because its role has asked too often.',
    hint: 'Wait as long as Retry-After says, or raise requestsPerSecond of the role.',
  },
  /**
   * As many tunnels and requests are under way as the gateway or the role may have, or as many names are being resolved.
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
    message: 'The egress gateway refused a request, because as many as it may carry are under way.',
    hint: 'Close what is idle, or raise maxTunnels or maxTunnelsPerRole.',
  },
  /**
   * The gateway does not start, or keeps its former configuration, where a value cannot be meant. The sentence names
   * the place in the file: `roles[0].hosts`.
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
    message: 'The configuration of the egress gateway has a value that it does not accept.',
    hint: 'Correct the value at the named place; `bulwark-gateway --config FILE --check` tries it without starting.',
  },
  /**
   * A configuration in YAML is read by the package `yaml`, which bulwark does not bring along. JSON needs no package.
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
