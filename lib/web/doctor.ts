import { isProduction } from '../internal/is-production.ts';
import { shared } from '../internal/registry.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import type { Proxied } from '../request/proxied.ts';
import type { TrustedProxies, TrustedProxyOptions } from '../request/trusted-proxies.ts';
import { type DoctorChannel, openDoctorChannel } from './doctor-channel.ts';
import { type DoctorPeer, type DoctorSetup, sightingOf } from './doctor-sighting.ts';
import type { Guards } from './guard-options.ts';

/** The part of a running application that `bulwark doctor` asks. */
export interface Doctor {
  /** Records what the application knows about a probe. Other requests are left alone. */
  see(request: AnyRequest, peer: () => DoctorPeer, start: { connection(): Proxied }): void;
}

interface Configured {
  readonly allowDoctor?: boolean;
  readonly trustedProxies?: number | TrustedProxyOptions;
  readonly origin?: string | readonly string[];
  readonly headers?: object | false;
  readonly csp?: object | false;
}

/**
 * The application's side of `bulwark doctor`. It is nearly always undefined: it needs `BULWARK_DOCTOR=1`, and in production
 * `allowDoctor` too. No request is answered differently. The doctor reads what was seen over a loopback port, with the token from the
 * application's console.
 */
export function doctorOf(
  options: Configured,
  parts: { readonly proxies: TrustedProxies; readonly guards: Guards | undefined; readonly limits: boolean },
): Doctor | undefined {
  if (globalThis.process?.env?.['BULWARK_DOCTOR'] !== '1') return undefined;
  if (isProduction() && options.allowDoctor !== true) {
    console.error(refused);
    return undefined;
  }
  const channel = shared('doctor', () => ({ open: openDoctorChannel() })).open;
  return channel && doctorOn(channel, setupOf(options, parts));
}

/** Carries a probe's id, which can't be guessed and counts once. */
const header = 'x-bulwark-doctor';

const refused =
  'bulwark doctor: not started, because NODE_ENV is production. Set bulwark({ allowDoctor: true }) while you diagnose.';

function doctorOn(channel: DoctorChannel, setup: DoctorSetup): Doctor {
  return {
    see(request, peer, start) {
      const id = headerOf(request, header);
      if (id === undefined || !channel.takes(id)) return;
      channel.note(id, sightingOf(request, peer(), start.connection(), setup));
    },
  };
}

function setupOf(
  { trustedProxies, origin, headers, csp }: Configured,
  { proxies, guards, limits }: Parameters<typeof doctorOf>[1],
): DoctorSetup {
  const listed = typeof trustedProxies === 'object' ? trustedProxies : undefined;
  return {
    hops: proxies.hops,
    from: listed?.from ?? [],
    family: listed?.headers ?? 'x-forwarded',
    allowForwardedHost: listed?.allowForwardedHost === true,
    origins: origin === undefined ? [] : [origin].flat(),
    headers: headers !== false,
    csp: csp !== false,
    limits,
    sessionCookie: guards?.session?.cookieName,
    csrf: guards?.csrf !== undefined,
    rateLimit: guards?.rateLimit !== undefined,
    reportPath: guards?.reportPath,
    production: isProduction(),
  };
}
