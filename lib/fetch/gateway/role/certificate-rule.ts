import type { PeerCertificate } from 'node:tls';
import { fieldAt, invalidAt, readFields, readText } from '../config/config-fields.ts';

/** What a client's certificate is known by. */
export interface CertificateRule {
  readonly by: 'cn' | 'san' | 'fingerprint256';
  readonly value: string;
}

/** What was read of a certificate that a known authority signed. */
export interface ShownCertificate {
  readonly cn: string | undefined;
  /** `URI:spiffe://prod/previews` */
  readonly san: readonly string[];
  readonly fingerprint256: string;
}

const ways = ['cn', 'san', 'fingerprint256'] as const;

export function parseCertificateRule(given: unknown, place: string): CertificateRule {
  const fields = readFields(given, place, ways);
  const [by, ...others] = ways.filter((name) => fields[name] !== undefined);
  if (by === undefined || others.length > 0) throw invalidAt(place, `One of ${ways.join(', ')} is needed.`);
  const text = readText(fields[by], fieldAt(place, by));
  if (by === 'san' && !/^(?:URI|DNS|email|IP Address):./.test(text)) {
    throw invalidAt(
      fieldAt(place, by),
      'A name has its type: URI:spiffe://prod/previews, DNS:previews.internal.',
    );
  }
  if (by !== 'fingerprint256') return Object.freeze({ by, value: text });
  const value = text.replaceAll(':', '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(value)) return Object.freeze({ by, value });
  throw invalidAt(fieldAt(place, by), 'This is a SHA-256, 64 hexadecimal digits.');
}

export function matchesCertificate(rule: CertificateRule, shown: ShownCertificate): boolean {
  if (rule.by === 'san') return shown.san.includes(rule.value);
  return shown[rule.by] === rule.value;
}

export function readCertificate({
  subject,
  subjectaltname,
  fingerprint256,
}: PeerCertificate): ShownCertificate {
  // Several common names arrive as a list: which one was meant, nobody knows.
  const cn: unknown = subject?.CN;
  return {
    cn: typeof cn === 'string' ? cn : undefined,
    san: alternativeNames(subjectaltname ?? ''),
    fingerprint256: fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/**
 * Node joins the names with `, ` and writes those as JSON that could be taken for two (CVE-2021-44532). What is not
 * written so throughout gives no name at all.
 */
function alternativeNames(text: string): string[] {
  const names: string[] = [];
  const entry = /([A-Za-z][A-Za-z ]*):("(?:[^"\\]|\\.)*"|[^",]*)(?:, |$)/y;
  while (entry.lastIndex < text.length) {
    const found = entry.exec(text);
    if (!found) return [];
    const [, type, value = ''] = found;
    try {
      names.push(`${type}:${value.startsWith('"') ? JSON.parse(value) : value}`);
    } catch {
      return [];
    }
  }
  return names;
}
