import type { Check } from '../../check/check.ts';
import { check as allowedHosts } from './allowed-hosts/check.ts';
import { check as clickjackingMiddleware } from './clickjacking-middleware/check.ts';
import { check as contentSecurityPolicy } from './content-security-policy/check.ts';
import { check as contentTypeNosniff } from './content-type-nosniff/check.ts';
import { check as corsOrigins } from './cors-origins/check.ts';
import { check as csrfCookieSecure } from './csrf-cookie-secure/check.ts';
import { check as csrfFailureView } from './csrf-failure-view/check.ts';
import { check as csrfMiddleware } from './csrf-middleware/check.ts';
import { check as debug } from './debug/check.ts';
import { check as frameOptions } from './frame-options/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as hstsAge } from './hsts-age/check.ts';
import { check as hstsPreload } from './hsts-preload/check.ts';
import { check as hstsSubdomains } from './hsts-subdomains/check.ts';
import { check as openerPolicy } from './opener-policy/check.ts';
import { check as referrerPolicy } from './referrer-policy/check.ts';
import { check as secretKey } from './secret-key/check.ts';
import { check as secretKeyFallbacks } from './secret-key-fallbacks/check.ts';
import { check as securityMiddleware } from './security-middleware/check.ts';
import { check as sessionCookieHttponly } from './session-cookie-httponly/check.ts';
import { check as sessionCookieSamesite } from './session-cookie-samesite/check.ts';
import { check as sessionCookieSecure } from './session-cookie-secure/check.ts';
import { check as sslRedirect } from './ssl-redirect/check.ts';

/** Settings of Django, as `manage.py check --deploy` looks at them, and some that it does not. */
export const djangoChecks: readonly Check[] = [
  allowedHosts,
  clickjackingMiddleware,
  contentSecurityPolicy,
  contentTypeNosniff,
  corsOrigins,
  csrfCookieSecure,
  csrfFailureView,
  csrfMiddleware,
  debug,
  frameOptions,
  hsts,
  hstsAge,
  hstsPreload,
  hstsSubdomains,
  openerPolicy,
  referrerPolicy,
  secretKey,
  secretKeyFallbacks,
  securityMiddleware,
  sessionCookieHttponly,
  sessionCookieSamesite,
  sessionCookieSecure,
  sslRedirect,
];
