import type { RuleHead } from '../kit/rule.ts';

/** What both parts of the rule say of themselves: what code loads and sends, and what files of settings load. */
export const head: RuleHead = Object.freeze({
  id: 'tls/cleartext',
  title: 'Unencrypted connection',
  severity: 'medium',
  cwe: [319, 494, 829],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: 'Use the encrypted protocol: `https://`, `ldaps://` or StartTLS, SFTP or FTP over TLS, SSH.',
} satisfies RuleHead);
