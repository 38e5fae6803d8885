import type { Check } from '../../check/check.ts';
import { check as csp } from './csp/check.ts';
import { check as cspNonce } from './csp-nonce/check.ts';
import { check as cspViolations } from './csp-violations/check.ts';
import { check as framing } from './framing/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as httpsRedirect } from './https-redirect/check.ts';
import { check as nosniff } from './nosniff/check.ts';
import { check as referrerPolicy } from './referrer-policy/check.ts';

/** Checks of a running site. */
export const liveChecks: readonly Check[] = [
  csp,
  cspNonce,
  cspViolations,
  framing,
  hsts,
  httpsRedirect,
  nosniff,
  referrerPolicy,
];
