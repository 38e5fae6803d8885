/** What the application saw of a request, as `lib/web/doctor-sighting.ts` writes it. */
export interface Sighting {
  readonly target: string;
  readonly peer: {
    readonly address?: string | undefined;
    readonly port?: number | undefined;
    readonly encrypted: boolean;
    readonly httpVersion?: string | undefined;
    readonly headerNames?: readonly string[] | undefined;
    readonly limitedServer?: boolean | undefined;
  };
  readonly forwarded: Readonly<Record<string, string>>;
  readonly client?: string | undefined;
  readonly protocol: string;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly ignored: boolean;
  readonly setup: {
    readonly hops: number;
    readonly family: 'x-forwarded' | 'forwarded';
    readonly allowForwardedHost: boolean;
    readonly origins: readonly string[];
    readonly headers: boolean;
    readonly csp: boolean;
    readonly sessionCookie?: string | undefined;
    readonly reportPath?: string | undefined;
  };
  readonly copies: readonly string[];
}

/** Whether a response of the channel has the shape of a sighting. Another version of the library may answer differently. */
export function isSighting(value: unknown): value is Sighting {
  const { version, target, peer, forwarded, protocol, setup, copies } = (value ?? {}) as Record<
    string,
    unknown
  >;
  return (
    version === 1 &&
    typeof target === 'string' &&
    typeof protocol === 'string' &&
    [peer, forwarded, setup].every((part) => typeof part === 'object' && part !== null) &&
    Array.isArray(copies)
  );
}
