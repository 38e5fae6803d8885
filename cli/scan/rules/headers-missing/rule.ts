/**
 * Finds security headers that are switched off or have no effect: a Content-Security-Policy that lets inline scripts
 * or `eval` run, a middleware without its policy, `nosniff` or HSTS off; in Django settings also `SECURE_SSL_REDIRECT
 * = False` and a `MIDDLEWARE` without `SecurityMiddleware` or `XFrameOptionsMiddleware`.
 *
 * ## Why
 * A script policy is the second line of defence behind escaping: if markup is injected after all, its scripts do not
 * run. With `'unsafe-inline'` they do.
 *
 * ## Bad
 * ```python
 * from flask import Flask
 * from flask_talisman import Talisman
 *
 * app = Flask(__name__)
 * Talisman(app, content_security_policy={"script-src": "'self' 'unsafe-inline'"})
 * ```
 * ```typescript
 * import express from 'express';
 * import helmet from 'helmet';
 *
 * const app = express();
 * app.use(helmet({ contentSecurityPolicy: false }));
 * ```
 *
 * ## Good
 * ```python
 * Talisman(app, content_security_policy={"script-src": "'self'"}, content_security_policy_nonce_in=["script-src"])
 * ```
 * ```typescript
 * app.use(helmet());
 * ```
 *
 * ## When not to use it
 * A server that only answers JSON needs no script policy, and a proxy may set the headers that the application does
 * not. Inline styles are not reported.
 */
import { isDevelopmentPath } from '../../project/path-purpose.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { weakHeader } from './weak-header.ts';
import { weakMiddleware } from './weak-middleware.ts';
import { weakSetting } from './weak-setting.ts';

export const rule: UseRule = Object.freeze({
  id: 'headers/missing',
  title: 'Security header missing or ineffective',
  severity: 'low',
  cwe: [693, 1021],
  owasp: 'A02:2025 Security Misconfiguration',
  isHardening: true,
  advice: 'Keep the header on, and allow single scripts by nonce or hash rather than all inline scripts.',
  pythonAdvice: {
    django:
      'Set the `SECURE_*` settings, and allow single scripts by nonce (django-csp) rather than all inline scripts.',
    flask: 'Use Flask-Talisman, and allow single scripts by nonce rather than all inline scripts.',
    any: 'Keep the header on, and allow single scripts by nonce or hash rather than all inline scripts.',
  },
  on: ['call', 'store-index', 'object', 'cell-store'],
  names:
    /^(content-security-policy|x-frame-options|strict-transport-security|value|set|setHeader|header|append|set_header|add_header|add|setdefault|writeHead|send_header|__setitem__|removeHeader|remove|delete|clear_header|pop|del_header|(SECURE|CSP|X_FRAME|CONTENT_SECURITY)_\w+|MIDDLEWARE)$/i,
  modelled:
    /^use\.(Talisman|CspPolicy|CspExempt|MethodDecorator|Helmet|ContentPolicy|SecureHeaders|BulwarkMiddleware)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const report = weakMiddleware(use) ?? weakHeader(use) ?? weakSetting(use);
  if (!report) return undefined;
  return inTests(use) || isDevelopmentPath(pathOf(use)) ? { ...report, confidence: 'low' } : report;
}
