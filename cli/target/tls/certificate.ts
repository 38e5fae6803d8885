import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { buildChain, type Chain } from './build-chain.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';
import type { CertificateFault, CertificateView } from './tls-view.ts';

export interface CertificateContext {
  readonly now: Date;
  readonly ca?: string | undefined;
  /** Why OpenSSL rejects it, if it does. */
  readonly rejected?: string | undefined;
}

/** What a certificate says, and what is wrong with it. Each fault is found by itself: OpenSSL tells only the last one that it met. */
export function viewCertificate(
  leaf: X509Certificate,
  host: string,
  context: CertificateContext,
): CertificateView {
  const { now, rejected } = context;
  const [from, to] = [new Date(leaf.validFrom), new Date(leaf.validTo)];
  const found = faultsOf(leaf, host, context);
  return {
    subject: commonName(leaf.subject),
    issuer: commonName(leaf.issuer),
    names: namesOf(leaf),
    from: from.toISOString(),
    to: to.toISOString(),
    daysLeft: Math.floor((to.getTime() - now.getTime()) / 86_400_000),
    key: keyOf(leaf),
    faults: found.length === 0 && rejected !== undefined ? ['other'] : found,
  };
}

const trusted: Chain = { trust: 'trusted', sent: [] };

function faultsOf(
  leaf: X509Certificate,
  host: string,
  { now, ca, rejected }: CertificateContext,
): readonly CertificateFault[] {
  // What OpenSSL accepts may rest on an authority that only this machine knows.
  const { trust, sent } = rejected === undefined ? trusted : buildChain(leaf, ca);
  const isValidAt = (one: X509Certificate): boolean =>
    new Date(one.validFrom) <= now && now < new Date(one.validTo);
  const faults: CertificateFault[] = [];
  if (new Date(leaf.validTo) <= now) faults.push('expired');
  if (new Date(leaf.validFrom) > now) faults.push('not-yet-valid');
  if (trust !== 'trusted') faults.push(trust);
  else if (!sent.every(isValidAt)) faults.push('expired-issuer');
  if (!isFor(leaf, host)) faults.push('wrong-host');
  if (isShort(leaf)) faults.push('short-key');
  // Nobody relies on the signature of one that signs itself.
  if (trust !== 'self-signed' && weakSignatures.has(signatureAlgorithm(leaf.raw) ?? ''))
    faults.push('weak-signature');
  return faults;
}

/** Browsers look at the alternative names only. */
function isFor(leaf: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return leaf.checkIP(host) !== undefined;
  return leaf.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
}

function namesOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)]
    .map(([, name = '']) => name)
    .slice(0, 100);
}

function commonName(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? name.split('\n').join(', ');
}

function keyOf({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  return [publicKey.asymmetricKeyType?.toUpperCase() ?? 'unknown', namedCurve ?? modulusLength]
    .filter((part) => part !== undefined)
    .join(' ');
}

function isShort({ publicKey }: X509Certificate): boolean {
  const { modulusLength, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {};
  const bits = Number(/\d{3}/.exec(namedCurve)?.[0] ?? Number.NaN);
  return modulusLength === undefined ? bits < 224 : modulusLength < 2048;
}

/** MD2, MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA. */
const weakSignatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
]);
