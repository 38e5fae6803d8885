import type { RuleHead } from '../../rule/rule.ts';

/** What both parts of the rule say of themselves: what stands in the text, and what is run. */
export const head: RuleHead = Object.freeze({
  id: 'code/hidden',
  title: 'Code that does not show what it does',
  severity: 'high',
  cwe: [506, 1007],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  advice:
    'Find out who wrote it and when, and what it does before it is run again. Write code as code, and signs of that kind as escapes.',
} satisfies RuleHead);
