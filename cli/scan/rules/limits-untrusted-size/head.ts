import type { RuleHead } from '../kit/rule.ts';

export const head: RuleHead = Object.freeze({
  id: 'limits/untrusted-size',
  title: 'Uncontrolled resource consumption',
  severity: 'medium',
  cwe: [770, 400, 606],
  owasp: 'A06:2025 Insecure Design',
  advice: 'Refuse a value above a fixed bound, or take the smaller one: `Math.min(size, 4096)`.',
  pythonAdvice: 'Refuse a value above a fixed bound, or take the smaller one: `min(size, 4096)`.',
} satisfies RuleHead);
