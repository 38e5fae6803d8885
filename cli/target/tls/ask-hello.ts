import type { LookupAddress } from 'node:dns';
import { connect, isIP } from 'node:net';
import { pinnedLookup } from '../gate/pinned-lookup.ts';
import { noAnswerReason } from '../http/no-answer-reason.ts';
import type { NoAnswerReason } from '../http/reply.ts';
import { clientHello } from './client-hello.ts';
import { readServerHello, type ServerHello } from './server-hello.ts';
import type { TlsVersion } from './tls-view.ts';

/** One port that is asked. */
export interface TlsPort {
  /** As `URL` writes it. */
  readonly hostname: string;
  readonly port: number;
  readonly addresses: readonly LookupAddress[];
}

export type HelloAnswer = ServerHello | { readonly kind: 'none'; readonly reason: NoAnswerReason };

/** Offers exactly these versions and ciphers, and hangs up at the first answer. It never throws. */
export function askHello(
  { hostname, port, addresses }: TlsPort,
  versions: readonly TlsVersion[],
  ciphers: readonly number[],
  timeoutMs: number,
): Promise<HelloAnswer> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port, lookup: pinnedLookup(addresses) });
    const settle = (answer: HelloAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle({ kind: 'none', reason: 'timeout' }), timeoutMs);
    let received = Buffer.alloc(0);
    socket.on('connect', () =>
      socket.write(clientHello(versions, ciphers, isIP(host) === 0 ? host : undefined)),
    );
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const hello = readServerHello(received);
      if (hello) settle(hello);
    });
    socket.on('error', (error) => settle({ kind: 'none', reason: noAnswerReason(error) }));
    socket.on('close', () => settle({ kind: 'none', reason: 'closed' }));
  });
}
