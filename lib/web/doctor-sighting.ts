import { loadedCopies } from '../internal/registry.ts';
import { type AnyRequest, headerOf, targetOf } from '../request/any-request.ts';
import { ownOrigin } from '../request/own-origin.ts';
import type { Proxied } from '../request/proxied.ts';

/** The part of the application's options that a diagnosis needs. No keys, secrets or user data. */
export interface DoctorSetup {
  readonly hops: number;
  readonly from: readonly string[];
  readonly family: 'x-forwarded' | 'forwarded';
  readonly allowForwardedHost: boolean;
  /** The option `origin`; empty if it is derived from each request. */
  readonly origins: readonly string[];
  readonly headers: boolean;
  readonly csp: boolean;
  readonly limits: boolean;
  readonly sessionCookie: string | undefined;
  readonly csrf: boolean;
  readonly rateLimit: boolean;
  readonly reportPath: string | undefined;
  readonly production: boolean;
}

/** The facts of a connection that only the server knows. */
export interface DoctorPeer {
  readonly address: string | undefined;
  readonly port?: number | undefined;
  readonly encrypted: boolean;
  readonly httpVersion?: string | undefined;
  /** The names of the header lines, in their original order and case. */
  readonly headerNames?: readonly string[] | undefined;
  /** Whether `defendServer` or `limits` was called for the server. */
  readonly limitedServer?: boolean | undefined;
}

/** What the application saw of one probe. */
export interface DoctorSighting {
  readonly version: 1;
  readonly target: string;
  readonly peer: DoctorPeer;
  /** The headers that proxies write, as they came. */
  readonly forwarded: Readonly<Record<string, string>>;
  readonly client: string | undefined;
  readonly protocol: string;
  readonly host: string | undefined;
  /** The origin that the application believes browsers see. */
  readonly origin: string | undefined;
  /** Whether forwarded headers were ignored because their sender isn't trusted. */
  readonly ignored: boolean;
  readonly setup: DoctorSetup;
  /** The files of each copy of bulwark in this process. */
  readonly copies: readonly string[];
}

const names = [
  ...['host', 'via', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
  ...['x-forwarded-port', 'x-forwarded-prefix', 'x-real-ip', 'connection'],
];
const longest = 2_000;

export function sightingOf(
  request: AnyRequest,
  peer: DoctorPeer,
  connection: Proxied,
  setup: DoctorSetup,
): DoctorSighting {
  const { client, protocol, host, ignored } = connection;
  const forwarded: Record<string, string> = Object.create(null);
  for (const name of names) {
    const value = headerOf(request, name);
    if (value !== undefined) forwarded[name] = value.slice(0, longest);
  }
  return {
    version: 1,
    // The query may hold something that must not appear on a screen.
    target: targetOf(request)
      .replace(/[?#].*$/s, '')
      .slice(0, longest),
    peer,
    forwarded,
    client,
    protocol,
    host,
    origin: ownOrigin(setup.origins.length === 0 ? undefined : setup.origins).of({ protocol, host }),
    ignored: ignored !== undefined,
    setup,
    copies: loadedCopies(),
  };
}
