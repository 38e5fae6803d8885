export const headersCodes = {
  /**
   * Header values are printable ASCII on one line. A line break would start a header of its own (CWE-113).
   *
   * ```ts
   * import { securityHeaders } from 'bulwark/headers';
   *
   * securityHeaders({ 'Referrer-Policy': 'strict-origin' });
   * ```
   */
  'headers/invalid-header': {
    kind: 'misuse',
    message: 'A security header has a name or a value that HTTP does not allow.',
    hint: 'Names are letters, digits and hyphens; values are printable ASCII on one line.',
  },
} as const;
