import type { FlowRule } from '../kit/rule.ts';

/**
 * Reports a slow regular expression that is matched against a parameter of a package's exported function. The users of the
 * package may pass untrusted data.
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
