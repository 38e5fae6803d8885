import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

export interface Chain {
  readonly trust: 'trusted' | 'self-signed' | 'unknown-issuer' | 'incomplete-chain';
  /** The certificates between the server's own and the root. */
  readonly sent: readonly X509Certificate[];
}

const deepest = 10;

/** Goes from a certificate to one that is trusted. Dates don't matter here: they are a fault of their own. */
export function buildChain(leaf: X509Certificate, ca: string | undefined): Chain {
  const given = certificatesIn(ca ?? '');
  const between = sentWith(leaf);
  const sent: X509Certificate[] = [];
  let one = leaf;
  for (let depth = 0; depth < deepest; depth++) {
    const current = one;
    const isIssuer = (other: X509Certificate): boolean =>
      other.ca && current.checkIssued(other) && current.verify(other.publicKey);
    const isRoot = given.some((root) => root.fingerprint256 === current.fingerprint256);
    if (
      isRoot ||
      given.some(isIssuer) ||
      bundled().some((root) => root.fingerprint256 === current.fingerprint256 || isIssuer(root))
    )
      return { trust: 'trusted', sent };
    if (current.issuer === current.subject && current.verify(current.publicKey))
      return { trust: depth === 0 ? 'self-signed' : 'unknown-issuer', sent };
    const next = between.find((other) => !sent.includes(other) && isIssuer(other));
    if (next === undefined) {
      // A public authority says where its own certificate is. Whether it is trusted can't be seen without that.
      const isPublic = /CA Issuers - URI:http/.test(current.infoAccess ?? '');
      return { trust: isPublic ? 'incomplete-chain' : 'unknown-issuer', sent };
    }
    sent.push(next);
    one = next;
  }
  return { trust: 'unknown-issuer', sent };
}

function sentWith(leaf: X509Certificate): readonly X509Certificate[] {
  const all: X509Certificate[] = [];
  let one = leaf.issuerCertificate;
  while (
    one !== undefined &&
    all.length < deepest &&
    !all.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256)
  ) {
    all.push(one);
    one = one.issuerCertificate;
  }
  return all;
}

let roots: readonly X509Certificate[] | undefined;

function bundled(): readonly X509Certificate[] {
  roots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return roots;
}

function certificatesIn(pem: string): readonly X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).flatMap((one) => {
    try {
      return [new X509Certificate(one)];
    } catch {
      return [];
    }
  });
}
