import type { CertificateView } from '../../../target/tls/tls-view.ts';
import type { Evidence } from '../../check/outcome.ts';
import { short } from './shown.ts';

export function shownCertificate(
  { subject, issuer, names, from, to, key }: CertificateView,
  port: string,
): Evidence {
  const parts = [
    `of ${short(subject, 80)} for ${short(names.join(', '), 120)}`,
    `issued by ${short(issuer, 80)}`,
    `valid from ${from.slice(0, 10)} to ${to.slice(0, 10)}`,
    `key ${key}`,
  ];
  return { text: `${port}: certificate ${parts.join('; ')}` };
}
