import type { FlowRule } from '../kit/rule.ts';

/**
 * Slow expressions that a parameter of a package's exported function is matched against. What the users of the package pass
 * may be untrusted.
 */
export const libraryRule: FlowRule = Object.freeze({
  id: 'regex/redos',
  title: 'Regular expression denial of service (ReDoS)',
  severity: 'low',
  cwe: [1333, 400],
  owasp: 'A06:2025 Insecure Design',
  sinks: ['redos', 'quadratic'],
  sources: ['caller'],
  message:
    'If a caller passes untrusted input, it is matched against a regular expression that can take very long',
  advice:
    'Rewrite the expression so that every text matches in one way only, or refuse texts that are too long.',
} satisfies FlowRule);
