import { isIP } from 'node:net';
import { connect, rootCertificates } from 'node:tls';
import { pinnedLookup } from '../gate/pinned-lookup.ts';
import { noAnswerReason, noAnswerSentences } from '../http/no-answer-reason.ts';
import type { TlsPort } from './ask-hello.ts';
import { viewCertificate } from './certificate.ts';
import type { CertificateView } from './tls-view.ts';

export interface ShakeOptions {
  readonly timeoutMs: number;
  readonly ca?: string | undefined;
  readonly now: Date;
}

export type Shake =
  | { readonly certificate: CertificateView; readonly alpn?: string }
  | {
      readonly failure: string;
      /** Nothing came back: more handshakes would only wait. */
      readonly isSilent: boolean;
    };

/** One handshake as a browser makes it, to see the certificate and the protocol that is chosen. It never throws. */
export function shakeHands(
  { hostname, port, addresses }: TlsPort,
  { timeoutMs, ca, now }: ShakeOptions,
): Promise<Shake> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host, port, lookup: pinnedLookup(addresses), ALPNProtocols: ['h2', 'http/1.1'] },
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const settle = (shake: Shake): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(shake);
    };
    const fail = (reason: keyof typeof noAnswerSentences): void => {
      const failure = noAnswerSentences[reason];
      settle({ failure, isSilent: reason === 'timeout' || reason === 'refused' || reason === 'unreachable' });
    };
    const timer = setTimeout(() => fail('timeout'), timeoutMs);
    socket.on('secureConnect', () => {
      const leaf = socket.getPeerX509Certificate();
      if (leaf === undefined) return fail('tls');
      const error = socket.authorizationError;
      const certificate = viewCertificate(leaf, host, {
        now,
        ca,
        rejected: error ? String(error) : undefined,
      });
      settle({ certificate, ...(socket.alpnProtocol && { alpn: socket.alpnProtocol }) });
    });
    socket.on('error', (error) => fail(noAnswerReason(error)));
    socket.on('close', () => fail('closed'));
  });
}
