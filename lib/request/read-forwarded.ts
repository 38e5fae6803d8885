import { type AnyRequest, headerOf } from './any-request.ts';
import { entryFromRight, entryUpTo, forwardedParameter } from './forwarded-list.ts';
import { ipAddress } from './ip-address.ts';
import type { IgnoredHeaders, Proxied } from './proxied.ts';

export interface ForwardedPolicy {
  readonly family: 'x-forwarded' | 'forwarded';
  readonly hops: number;
  readonly believes: (peer: string | undefined) => boolean;
  readonly withHost: boolean;
}

/** What the headers of a believed peer say. `direct` is what the connection shows, and stays where they say nothing usable. */
export function readForwarded(request: AnyRequest, direct: Proxied, policy: ForwardedPolicy): Proxied {
  const { client, writers, ignored } = readClient(request, direct.client, policy);
  const proto = fieldOf(request, policy.family, 'proto', writers)?.toLowerCase();
  const host = policy.withHost ? fieldOf(request, policy.family, 'host', writers) : undefined;
  const named = host ?? direct.host;
  return {
    ...(client !== undefined && { client }),
    protocol: schemes[proto ?? ''] ?? direct.protocol,
    ...(named !== undefined && { host: named }),
    ...(ignored && { ignored }),
  };
}

/** A Map-like record without a prototype: the name is sent by a proxy. */
const schemes: Readonly<Record<string, Proxied['protocol']>> = Object.assign(Object.create(null), {
  ...{ http: 'http', https: 'https', ws: 'http', wss: 'https' },
});

interface Chain {
  readonly client: string | undefined;
  /** How many believed proxies wrote an entry: as deep as lists of schemes and hosts may be read. */
  readonly writers: number;
  readonly ignored?: IgnoredHeaders;
}

/** Walks from the nearest proxy outwards, and stops at the first address that may not speak for another. */
function readClient(request: AnyRequest, peer: string | undefined, policy: ForwardedPolicy): Chain {
  const header = policy.family === 'forwarded' ? 'forwarded' : 'x-forwarded-for';
  const list = headerOf(request, header);
  if (list === undefined) return { client: peer, writers: 1 };
  let client = peer;
  for (let hop = 0; hop < policy.hops; hop++) {
    const entry = entryFromRight(list, hop);
    if (entry === undefined) return { client, writers: Math.max(hop, 1) };
    const address = ipAddress(policy.family === 'forwarded' ? forwardedParameter(entry, 'for') : entry);
    // The proxy did not say who it was. Nothing further out can be trusted.
    if (address === undefined) return { client, writers: hop + 1 };
    client = address;
    const more = hop + 1 < policy.hops && entryFromRight(list, hop + 1) !== undefined;
    if (more && !policy.believes(address)) {
      return { client, writers: hop + 1, ignored: { peer: address, header, hops: policy.hops } };
    }
  }
  return { client, writers: policy.hops };
}

/**
 * The scheme or the host that the outermost of `writers` proxies wrote. A shorter list is common: most proxies replace
 * the header instead of appending to it.
 */
function fieldOf(
  request: AnyRequest,
  family: ForwardedPolicy['family'],
  name: 'proto' | 'host',
  writers: number,
): string | undefined {
  const list = headerOf(request, family === 'forwarded' ? 'forwarded' : `x-forwarded-${name}`);
  if (list === undefined) return undefined;
  const entry = entryUpTo(list, writers - 1);
  return family === 'forwarded' ? forwardedParameter(entry, name) : entry;
}
