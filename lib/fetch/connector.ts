import { AsyncLocalStorage } from 'node:async_hooks';
import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Denied } from '../refusal/decision.ts';
import { type Address, formatAddress, parseAddress } from './address.ts';
import { denialError, passes } from './denial.ts';
import { decideAddress, portOf } from './destination.ts';
import type { FetchPolicy } from './policy.ts';

/**
 * Opens sockets for undici, and only to addresses that the policy allows. It is a function, as undici hands one every
 * connection; a `lookup` option would never see a literal address. The resolver is asked once, every answer is checked,
 * and the whole checked list is what `net` may dial: no second resolution (DNS rebinding), and happy eyeballs still has
 * its second address. Nothing is thrown: every failure goes to the callback.
 *
 * @param waiting the signal of the request that asks, as undici hands a connector none: once it was given up, nothing is
 * dialled any more, however late the resolver answers
 */
export function guardedConnector(
  policy: FetchPolicy,
  waiting: AsyncLocalStorage<AbortSignal>,
): buildConnector.connector {
  const checked = new AsyncLocalStorage<readonly LookupAddress[]>();
  const connect = buildConnector({
    timeout: policy.connectTimeoutMs,
    lookup: lookupIn(checked),
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const port = portOf(options);
    const literal = parseAddress(options.hostname);
    // As rules are compared: a mapped literal is its IPv4 address.
    const host = literal === undefined ? options.hostname : formatAddress(literal);
    const signal = waiting.getStore();
    const givenUp = (): Error | undefined =>
      signal?.aborted ? new Error('Nobody waits for this connection any more.') : undefined;
    const dial = (list: readonly LookupAddress[]): void =>
      checked.run(list, () =>
        connect(options, (error, socket) => {
          if (error) return callback(error, null);
          const unwanted = givenUp() ?? strayError(socket, list, host);
          if (!unwanted) return callback(null, socket);
          socket.destroy();
          callback(unwanted, null);
        }),
      );
    resolve(options.hostname, literal)
      .then((list) => {
        const late = givenUp();
        if (late) throw late;
        const denied = decideAll(list, host, port, policy);
        if (denied) throw denialError(denied);
        return list;
      })
      .then(dial)
      .catch((error: Error) => callback(error, null));
  };
}

async function resolve(hostname: string, literal: Address | undefined): Promise<readonly LookupAddress[]> {
  if (literal !== undefined) return [{ address: hostname, family: hostname.includes(':') ? 6 : 4 }];
  return new Promise((done, failed) => {
    // Read from the module at this moment, so that whoever replaced it (a resolver of the operator's) is asked. The
    // hint is what `net` passes, so that the answers are those a plain connection would use.
    dns.lookup(hostname, { all: true, hints: dns.ADDRCONFIG }, (error, list) => {
      if (error) failed(error);
      else if (list.length > 0) done(list);
      else failed(Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' }));
    });
  });
}

/** One bad answer denies the whole list: a mixed one is an attack, or a mistake that picks by chance. */
function decideAll(
  list: readonly LookupAddress[],
  host: string,
  port: number,
  policy: FetchPolicy,
): Denied | undefined {
  const denied = list
    .map(({ address: text }) => {
      const address = parseAddress(text);
      if (address !== undefined) return decideAddress(host, port, address, policy);
      return {
        allow: false,
        code: 'fetch/private-address',
        detail: { host, address: text, rule: 'unreadable' },
      } as const;
    })
    .filter((decision) => !decision.allow);
  // What report mode never lets pass decides first.
  const first = denied.find(({ code }) => code === 'fetch/cloud-metadata') ?? denied[0];
  return first === undefined || passes(first, policy, 0) ? undefined : first;
}

/** Gives `net` the list that was checked and nothing else. */
function lookupIn(checked: AsyncLocalStorage<readonly LookupAddress[]>): LookupFunction {
  return (_hostname, options, callback) => {
    const list = checked.getStore() ?? [];
    const [first] = list;
    if (!first) callback(Object.assign(new Error('Nothing was checked.'), { code: 'ENOTFOUND' }), []);
    else if (options.all) callback(null, [...list]);
    else callback(null, first.address, first.family);
  };
}

/** The peer must be one of the addresses that were checked, whatever stands between `lookup` and the socket. */
function strayError(socket: Socket, list: readonly LookupAddress[], host: string): Error | undefined {
  const peer = parseAddress(socket.remoteAddress ?? '');
  if (peer === undefined) return new Error('The connection was closed.');
  if (list.some(({ address }) => parseAddress(address) === peer)) return undefined;
  return denialError({
    allow: false,
    code: 'fetch/private-address',
    detail: { host, address: formatAddress(peer), rule: 'not the checked address' },
  });
}
