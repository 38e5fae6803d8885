import { addressIn, forwardedList } from './addresses.ts';
import type { Sighting } from './sighting.ts';
import { forgedAddress, type Visit, type Visits } from './visit.ts';

/** How requests reach the application, as far as two of them show. */
export interface Route {
  /** `direct`: nothing in between. `unclear`: another address, but nothing that a proxy would change. */
  readonly kind: 'direct' | 'proxied' | 'unclear';
  /** What proxies do with the header that a client sent. */
  readonly clientsHeader: 'appended' | 'replaced' | 'passed on' | 'removed';
  /** The addresses that proxies wrote for an ordinary request, from the client inwards. */
  readonly written: readonly (string | undefined)[];
  /** How many proxies wrote one. */
  readonly proxies: number;
  /** The headers that they write. */
  readonly family: 'x-forwarded' | 'forwarded';
  readonly headerName: 'X-Forwarded-For' | 'Forwarded';
}

export function routeOf(visits: Visits): Route | undefined {
  const plain = visits.fresh.seen;
  const forged = visits.forged.seen;
  if (plain === undefined || forged === undefined) return undefined;
  const family = familyOf(plain);
  const written = listOf(plain, family);
  const withForged = listOf(forged, family);
  const at = withForged.lastIndexOf(forgedAddress);
  const proxies = at === -1 ? written.length : withForged.length - 1 - at;
  return {
    kind: kindOf(visits.fresh, plain),
    clientsHeader:
      at === -1 ? (written.length > 0 ? 'replaced' : 'removed') : proxies > 0 ? 'appended' : 'passed on',
    ...{ written, proxies, family },
    headerName: nameOf(family),
  };
}

const nameOf = (family: Route['family']): Route['headerName'] =>
  family === 'forwarded' ? 'Forwarded' : 'X-Forwarded-For';

/** The one that the application reads, unless only the other one comes. */
function familyOf(plain: Sighting): Route['family'] {
  const { family } = plain.setup;
  const other = family === 'forwarded' ? 'x-forwarded' : 'forwarded';
  return listOf(plain, family).length === 0 && listOf(plain, other).length > 0 ? other : family;
}

function listOf({ forwarded }: Sighting, family: Route['family']): (string | undefined)[] {
  return forwardedList(forwarded[nameOf(family).toLowerCase()], family);
}

function kindOf({ answer }: Visit, { peer, forwarded }: Sighting): Route['kind'] {
  const { local, sent, url } = answer;
  const isSameTls = peer.encrypted === (url.protocol === 'https:');
  const isSamePeer = addressIn(peer.address) === addressIn(local.address) && peer.port === local.port;
  if (isSamePeer && isSameTls) return 'direct';
  if (
    Object.keys(forwarded).some((name) => name.startsWith('x-') || name === 'forwarded' || name === 'via')
  ) {
    return 'proxied';
  }
  if (!isSameTls) return 'proxied';
  // A web adapter knows neither.
  if (peer.httpVersion === undefined || peer.headerNames === undefined) return 'unclear';
  const isSameHead = peer.httpVersion === '1.1' && peer.headerNames.join() === sent.join();
  return isSameHead ? 'unclear' : 'proxied';
}
