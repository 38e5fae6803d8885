import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { addressIn, isLoopback, isPrivate } from './addresses.ts';
import type { Route } from './route-of.ts';
import type { Sighting } from './sighting.ts';
import { forgedAddress, type Visits } from './visit.ts';

const id = 'proxies/hops';

const shared =
  'All clients share one address: a limit by address stops everyone at once, and events name the wrong client.';
const chosen =
  'Clients can choose their own address: they evade limits by address, and forge the client in events (CWE-348).';

/** Whether the application knows the client's address, and nobody can make one up. */
export function diagnoseHops(visits: Visits, route: Route): Diagnosis {
  const plain = visits.fresh.seen as Sighting;
  const forged = visits.forged.seen as Sighting;
  const { hops } = plain.setup;
  const believed = addressIn(forged.client) === forgedAddress;
  const evidence = [
    `trustedProxies is ${hops}; the peer is ${plain.peer.address ?? 'gone'}`,
    `${route.headerName} is ${quoted(plain, route)}, and ${quoted(forged, route)} if a client sends ${forgedAddress}`,
    `the application sees the client address ${plain.client ?? '(none)'}, and ${forged.client ?? '(none)'} for that client`,
  ];
  if (route.kind === 'direct') return direct(hops, believed, evidence);
  if (route.kind === 'unclear' && route.proxies === 0 && !believed) {
    return unknown(
      id,
      'Something between you and the application leaves no trace in the headers.',
      evidence,
      ['If it is a proxy, let it write X-Forwarded-For, and count it in trustedProxies.'],
    );
  }
  if (route.proxies === 0) return silentProxy(route, hops, believed, evidence);
  return counted(visits, route, plain, believed, evidence);
}

function direct(hops: number, believed: boolean, evidence: readonly string[]): Diagnosis {
  if (!believed) return ok(id, 'Requests come directly, and forwarded headers are ignored.', evidence);
  return wrong(
    id,
    `There is no proxy at this URL, but trustedProxies is ${hops}, and a forged address is believed.`,
    {
      evidence,
      why: chosen,
      fix: [
        'bulwark({ trustedProxies: 0 })',
        'or, if only your proxy can reach this URL, run the doctor with the URL of the proxy',
      ],
    },
  );
}

/** No proxy adds an address. */
function silentProxy(route: Route, hops: number, believed: boolean, evidence: readonly string[]): Diagnosis {
  const line = clientLine(route);
  const count = 'bulwark({ trustedProxies: 1 }), with the number of your proxies';
  const summary =
    route.clientsHeader === 'passed on'
      ? `The proxy passes on the ${route.headerName} of clients unchanged.`
      : `The proxy writes no ${route.headerName}.`;
  return wrong(id, summary, {
    evidence,
    why: believed ? chosen : shared,
    fix: hops > 0 ? [line] : [line, count],
  });
}

function counted(
  visits: Visits,
  route: Route,
  plain: Sighting,
  believed: boolean,
  evidence: readonly string[],
): Diagnosis {
  const { proxies } = route;
  const { hops, family } = plain.setup;
  const right = optionFor(route, plain);
  // A CDN has more than the one address that was seen.
  const fits = right.includes('from:')
    ? [right, 'or, in place of its address, the networks of that proxy']
    : [right];
  if (family !== route.family) {
    return wrong(id, `The proxies write ${route.headerName}, but the application does not read it.`, {
      evidence,
      why: believed ? chosen : shared,
      fix: fits,
    });
  }
  const count = `${proxies} ${proxies === 1 ? 'proxy adds' : 'proxies add'} an address`;
  if (believed || hops > proxies) {
    const fix = isReplacedInside(visits, route)
      ? [
          'nginx nearest to the application: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
          `or ${right}`,
        ]
      : fits;
    const what = believed
      ? chosen
      : 'If a proxy that appends comes in between, clients choose their own address (CWE-348).';
    return wrong(id, `trustedProxies is too high: ${count}, and the application counts ${hops}.`, {
      evidence,
      why: what,
      fix,
    });
  }
  if (hops < proxies) {
    return wrong(id, `trustedProxies is too low: ${count}, and the application counts ${hops}.`, {
      evidence,
      why: shared,
      fix: fits,
    });
  }
  if (plain.ignored) {
    return wrong(id, 'The application does not trust the address of your own proxy.', {
      evidence,
      why: shared,
      fix: fits,
    });
  }
  if (isReplacedInside(visits, route)) {
    return wrong(
      id,
      'The application gets the address of a proxy, because one proxy overwrites what the previous one wrote.',
      {
        evidence,
        why: shared,
        fix: [
          'nginx nearest to the application: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
          'bulwark({ trustedProxies: 2 }), with the number of your proxies',
        ],
      },
    );
  }
  const [outermost] = route.written;
  if (outermost === undefined) {
    return wrong(id, `What the outermost proxy writes to ${route.headerName} is not an address.`, {
      evidence,
      why: shared,
      fix: [clientLine(route)],
    });
  }
  const mine = addressIn(visits.fresh.answer.local.address);
  if (outermost !== mine && isPrivate(outermost)) {
    return unknown(
      id,
      `The count is right if ${outermost} is your address as the outermost proxy sees it.`,
      evidence,
      [
        `Compare: your own address towards this URL is ${mine ?? 'unknown'}. If ${outermost} is a proxy, it must write ${route.headerName} too.`,
      ],
    );
  }
  return ok(id, `trustedProxies is right: ${count}, and a forged address is not believed.`, evidence);
}

/** On one machine, the outermost proxy sees the doctor's own address. If it is another one of loopback, that is a proxy's. */
function isReplacedInside({ fresh }: Visits, { written }: Route): boolean {
  const [outermost] = written;
  const mine = addressIn(fresh.answer.local.address);
  return isLoopback(outermost) && isLoopback(mine) && outermost !== mine;
}

/** The option that fits: with the addresses of proxies that are not believed by default. */
export function optionFor({ proxies, written, family }: Route, { peer }: Sighting): string {
  const own = [addressIn(peer.address), ...written.slice(1)].filter((address) => address !== undefined);
  const named = own.filter((address) => !isLoopback(address) && !isPrivate(address));
  if (named.length === 0 && family === 'x-forwarded') return `bulwark({ trustedProxies: ${proxies} })`;
  const from =
    named.length === 0 ? '' : `, from: [${["'private'", ...named.map((one) => `'${one}'`)].join(', ')}]`;
  const headers = family === 'forwarded' ? ", headers: 'forwarded'" : '';
  return `bulwark({ trustedProxies: { hops: ${proxies}${from}${headers} } })`;
}

function quoted({ forwarded }: Sighting, { headerName }: Route): string {
  const value = forwarded[headerName.toLowerCase()];
  return value === undefined ? 'absent' : JSON.stringify(value);
}

/** The line that writes the client's address. */
function clientLine({ family }: Route): string {
  return family === 'forwarded'
    ? "the proxy nearest to the clients: set `Forwarded: for=<the client's address>;proto=<http or https>`"
    : 'each nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';
}
