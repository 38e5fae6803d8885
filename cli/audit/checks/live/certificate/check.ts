/**
 * Looks at the certificate of each port of https. Each fault is found by itself, so that one does not bring others along: a certificate
 * that has expired is not also called unknown.
 *
 * ## Why
 * Browsers warn of a bad certificate, and visitors learn to click the warning away: then nothing tells them from whom they read.
 *
 * ## Passes
 * It is valid now, for this host, and ends at a root that this machine trusts; its key and signature are strong.
 *
 * ## Fails
 * One of these is not so.
 *
 * ## Unknown
 * The site has no https that was looked at, or no handshake succeeded.
 *
 * ## How to fix
 * ```sh
 * certbot --nginx -d shop.example
 * ```
 */

import type { CertificateFault, TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { shownCertificate } from '../../../live/judge/shown-certificate.ts';

const faults: Readonly<Record<CertificateFault, readonly [what: string, fix: string]>> = {
  expired: ['has expired', 'Renew the certificate, and let a program such as certbot renew it from now on.'],
  'not-yet-valid': ['is not valid yet', 'Wait until it is, or set the clock of the machine that made it.'],
  'self-signed': [
    'is signed with its own key',
    'Get a certificate of an authority that browsers trust, such as Let us Encrypt.',
  ],
  'unknown-issuer': [
    'is of an authority that is not trusted here',
    'Get a certificate of an authority that browsers trust.',
  ],
  'incomplete-chain': [
    'is sent without the certificates above it',
    'Send the whole chain: `fullchain.pem` instead of `cert.pem`.',
  ],
  'wrong-host': ['is for another host', 'Get a certificate with the name of this host in it.'],
  'short-key': [
    'has a key that is too short',
    'Make a key of RSA with 2048 bits or more, or of EC with P-256.',
  ],
  'weak-signature': ['has a weak signature', 'Get a certificate that is signed with SHA-256.'],
  'expired-issuer': ['has one above it that has expired', 'Send the current certificates of the authority.'],
  other: ['is not valid', 'Look at it: `openssl s_client -connect` with the host and the port.'],
};

export const check: Check = liveCheck({
  id: 'live/certificate',
  aspect: 'server/hardening',
  title: 'The certificate is valid for the host, and trusted.',
  why: 'Visitors learn to click warnings away, and then nothing tells them from whom they read.',
  weight: 'part',
  severity: 'high',
  cwe: [295, 298],
  asvs: ['12.2.2'],
  judge: (site) => judgeTls(site, judge),
});

function judge({ certificate, failure }: TlsView, port: string): readonly Outcome[] {
  if (certificate === undefined)
    return [
      unknown(
        `No handshake succeeded at ${port}, so that its certificate was not seen.`,
        'Look at it: `openssl s_client -connect` with the host and the port.',
        failure === undefined ? [] : [{ text: failure.slice(0, 200) }],
      ),
    ];
  const evidence: readonly Evidence[] = [shownCertificate(certificate, port)];
  if (certificate.faults.length === 0)
    return [pass(`The certificate of ${port} is valid and trusted.`, evidence)];
  return certificate.faults.map((fault) => {
    const [what, fix] = faults[fault];
    return fail(`The certificate of ${port} ${what}.`, evidence, fix);
  });
}
