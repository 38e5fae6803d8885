import type { FlowRule } from '../kit/rule.ts';

/**
 * Prototype pollution through a parameter of a package's exported function. What the users of the package pass may be
 * untrusted.
 */
export const libraryRule: FlowRule = Object.freeze({
  id: 'object/prototype-pollution',
  title: 'Prototype pollution',
  severity: 'medium',
  cwe: [1321],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  sinks: ['prototype'],
  sources: ['caller'],
  message: 'If a caller passes untrusted input, a key of it can reach the prototype of all objects',
  advice:
    'Refuse the keys `__proto__`, `constructor` and `prototype`, or keep the entries in a `Map` or in `Object.create(null)`.',
} satisfies FlowRule);
