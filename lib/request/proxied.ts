/** Where a request comes from, and what it was addressed to. */
export interface Proxied {
  /** The client's address in its one spelling, IPv4-mapped ones as IPv4. Undefined for a Unix socket, or if the peer is gone. */
  readonly client?: string;
  /** How the client connected. */
  readonly protocol: 'http' | 'https';
  /** The host that the client named, as it came: check it before use. */
  readonly host?: string;
  /** Set if forwarded headers were ignored because of who sent them: the detail of `request/untrusted-proxy`. */
  readonly ignored?: IgnoredHeaders;
}

export interface IgnoredHeaders {
  /** The peer that was not believed. */
  readonly peer: string;
  /** The first of the headers that it sent. */
  readonly header: string;
  readonly hops: number;
}
