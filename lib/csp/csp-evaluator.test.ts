import { CspEvaluator, STRICTCSP_CHECKS } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, it } from 'vitest';
import { type CspOptions, csp, sourceHash } from './index.ts';

/** What Google's evaluator finds in a policy as a browser of CSP3 reads it: HIGH, MEDIUM, and mistakes of syntax. */
function findings(policy: string): string[] {
  const parsed = new CspParser(policy).csp;
  return new CspEvaluator(parsed)
    .evaluate(STRICTCSP_CHECKS)
    .filter(({ severity }) => severity <= Severity.MEDIUM)
    .map(({ directive, value, description }) => `${directive} ${value ?? ''}: ${description}`);
}

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const changed: readonly [string, CspOptions][] = [
  ['the default', {}],
  ['reported', { reportOnly: true, reportTo: '/csp-reports' }],
  ['with Trusted Types', { trustedTypes: 'enforce', trustedTypesPolicies: ['dompurify'] }],
  [
    'with images and an API',
    { extend: { 'img-src': ['https:'], 'connect-src': ['https://api.example.com'] } },
  ],
  [
    'with fonts',
    { extend: { 'style-src': ['https://fonts.googleapis.com'], 'font-src': ['https://fonts.gstatic.com'] } },
  ],
  [
    'with a map in a frame',
    { extend: { 'frame-src': ['https://maps.example.com'], 'worker-src': ['blob:'] } },
  ],
  ['framed by a partner', { directives: { 'frame-ancestors': ['https://partner.example.com'] } }],
  [
    'with payment',
    { extend: { 'form-action': ['https://pay.example.com'], 'frame-src': ['https://pay.example.com'] } },
  ],
  ['with inline styles', { directives: { 'style-src': ["'self'", "'unsafe-inline'"] } }],
  [
    'of hashes',
    { directives: { 'script-src': [sourceHash('start();'), "'strict-dynamic'"], 'style-src': ["'self'"] } },
  ],
  ['without strict-dynamic', { directives: { 'script-src': ["'nonce'", "'self'"] } }],
  ['with WebAssembly', { extend: { 'script-src': ["'wasm-unsafe-eval'", "'report-sample'"] } }],
  ['without a fallback', { directives: { 'default-src': ["'none'"], 'connect-src': ["'self'"] } }],
];

describe('csp_evaluator', () => {
  it.each(changed)('finds nothing high or medium in a policy that is %s', (_, options) => {
    for (const [name, value] of csp(options).headers(nonce)) {
      // Trusted Types alone, as they are reported, are no policy against injection.
      if (name === 'Reporting-Endpoints' || value.startsWith('require-trusted-types-for')) continue;
      expect(findings(value)).toEqual([]);
    }
  });

  it('finds something in what needs allowUnsafeScripts', () => {
    for (const directives of [
      { 'script-src': ["'unsafe-inline'"] },
      { 'script-src': ['*'] },
      { 'script-src': ['data:'] },
      { 'object-src': ['*'] },
      { 'base-uri': false },
      { 'object-src': false, 'default-src': false },
      { 'script-src': false, 'default-src': false },
    ] as const) {
      expect(findings(csp({ directives, allowUnsafeScripts: true }).header(nonce))).not.toEqual([]);
      expect(() => csp({ directives })).toThrow(expect.objectContaining({ code: 'csp/unsafe-scripts' }));
    }
  });
});
