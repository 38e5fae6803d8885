import type { RuleHead } from '../kit/rule.ts';

/** The metadata that both parts of the rule share: the part for code, and the part for settings files. */
export const head: RuleHead = Object.freeze({
  id: 'tls/cleartext',
  title: 'Unencrypted connection',
  severity: 'medium',
  cwe: [319, 494, 829],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Use the encrypted protocol: `https://`, `ldaps://` or StartTLS, SFTP or FTP over TLS, SSH.',
} satisfies RuleHead);
