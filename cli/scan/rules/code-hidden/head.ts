import type { RuleHead } from '../kit/rule.ts';

/** The metadata of the rule `code/hidden`. Its two parts share it: one checks texts, the other checks executed code. */
export const head: RuleHead = Object.freeze({
  id: 'code/hidden',
  title: 'Hidden or obfuscated code',
  severity: 'high',
  cwe: [506, 1007],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  advice:
    'Find out who added this and what it does before you run it again. Write code in clear text, and invisible characters as escapes (`\\u202e`).',
} satisfies RuleHead);
