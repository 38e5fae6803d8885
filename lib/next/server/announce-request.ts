import type { IncomingMessage } from 'node:http';
import type { NodeStart } from '../../node/node-start.ts';
import { currentRequest } from '../../request/context.ts';
import type { OwnOrigin } from '../../request/own-origin.ts';
import { isInternalHeader } from '../internal-headers.ts';
import type { HeaderLine } from '../page-policy.ts';
import { openRequest, sealedHeader, sealRequest } from '../sealed-request.ts';

/**
 * Deletes what a client must not send, and puts in its place what is known about the request: for the code that answers it, the sealed
 * header; for Next.js itself the policy with the nonce, and the address, scheme and host that the application's own proxies reported.
 */
export function announceRequest(
  req: IncomingMessage,
  start: NodeStart,
  { policy, mark }: { readonly policy: HeaderLine | undefined; readonly mark: string },
  own: OwnOrigin,
): void {
  const { headers } = req;
  const first = firstClient(req);
  for (const name of Object.keys(headers)) {
    if (isInternalHeader(name) || isPlatformHeader(name)) delete headers[name];
  }
  const { client: last, protocol, host } = start.connection();
  const client = first ?? last;
  const context = currentRequest();
  headers[sealedHeader] = sealRequest({
    ...{ id: context?.id ?? '', nonce: context?.nonce ?? '', method: start.method, target: req.url ?? '/' },
    ...{ client, protocol, host, served: true, mark },
  });
  if (policy) headers[policy[0].toLowerCase()] = policy[1];
  // An application reads these. Next.js compares the origin of an action with the host, and fetches its own pages from it.
  const origin = own.of({ protocol, host });
  const seen = origin === undefined ? { protocol, host } : partsOf(origin);
  headers['x-forwarded-proto'] = seen.protocol;
  if (client === undefined) delete headers['x-forwarded-for'];
  else headers['x-forwarded-for'] = client;
  if (seen.host === undefined) delete headers['x-forwarded-host'];
  else headers['x-forwarded-host'] = seen.host;
  delete headers['x-forwarded-port'];
  // A client may have written it. The headers above have the verified values.
  delete headers.forwarded;
}

/**
 * The client of the request that this one belongs to. Next.js fetches its own pages over loopback, for the redirect of an action, with all
 * headers of the first request: ours, and the address as we wrote it. Whoever else has our header, such as the host of an external
 * rewrite, comes through a proxy, which writes another address.
 */
function firstClient({ headers, socket }: IncomingMessage): string | undefined {
  if (!isLoopback(socket.remoteAddress) || headers.forwarded !== undefined) return undefined;
  const client = openRequest(String(headers[sealedHeader]))?.client;
  return client === headers['x-forwarded-for'] ? client : undefined;
}

/** A hosting platform uses these to tell Next.js the route it matched. Clients must not. */
function isPlatformHeader(name: string): boolean {
  return /^(?:x-matched-path|x-now-route-matches|x-invoke-[a-z-]+|x-nextjs-rewritten-[a-z]+)$/.test(name);
}

function partsOf(origin: string): { readonly protocol: string; readonly host: string } {
  const [scheme = '', host = ''] = origin.split('://');
  return { protocol: scheme, host };
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}
