/** What this machine can reach, only with `--host-probe`: one connection for each destination, and no request. */
export interface HostView {
  readonly probes: readonly HostProbe[];
}

export interface HostProbe {
  /** `metadata`: 169.254.169.254 or its IPv6 twin. `given`: by the user. */
  readonly kind: 'metadata' | 'given';
  /** `169.254.169.254:80` */
  readonly destination: string;
  /** `silent`: no answer in time, as behind a firewall that drops. */
  readonly state: 'open' | 'refused' | 'silent' | 'unreachable';
}
