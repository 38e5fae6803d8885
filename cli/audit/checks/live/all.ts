import type { Check } from '../../check/check.ts';
import { check as cors } from './cors/check.ts';
import { check as csp } from './csp/check.ts';
import { check as cspNonce } from './csp-nonce/check.ts';
import { check as cspViolations } from './csp-violations/check.ts';
import { check as csrfCookie } from './csrf-cookie/check.ts';
import { check as debugPage } from './debug-page/check.ts';
import { check as errorDetails } from './error-details/check.ts';
import { check as errorPageTokens } from './error-page-tokens/check.ts';
import { check as framing } from './framing/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as httpsRedirect } from './https-redirect/check.ts';
import { check as nosniff } from './nosniff/check.ts';
import { check as referrerPolicy } from './referrer-policy/check.ts';
import { check as rejectedCookies } from './rejected-cookies/check.ts';
import { check as serverHeader } from './server-header/check.ts';
import { check as sessionCookie } from './session-cookie/check.ts';

/** Checks of a running site. */
export const liveChecks: readonly Check[] = [
  cors,
  csp,
  cspNonce,
  cspViolations,
  csrfCookie,
  debugPage,
  errorDetails,
  errorPageTokens,
  framing,
  hsts,
  httpsRedirect,
  nosniff,
  referrerPolicy,
  rejectedCookies,
  serverHeader,
  sessionCookie,
];
