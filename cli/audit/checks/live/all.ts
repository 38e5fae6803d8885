import type { Check } from '../../check/check.ts';
import { check as backupFiles } from './backup-files/check.ts';
import { check as certificate } from './certificate/check.ts';
import { check as certificateExpiry } from './certificate-expiry/check.ts';
import { check as cors } from './cors/check.ts';
import { check as csp } from './csp/check.ts';
import { check as cspNonce } from './csp-nonce/check.ts';
import { check as cspViolations } from './csp-violations/check.ts';
import { check as csrfCookie } from './csrf-cookie/check.ts';
import { check as debugPage } from './debug-page/check.ts';
import { check as directoryListing } from './directory-listing/check.ts';
import { check as dsStore } from './ds-store/check.ts';
import { check as errorDetails } from './error-details/check.ts';
import { check as errorPageTokens } from './error-page-tokens/check.ts';
import { check as exposedEnv } from './exposed-env/check.ts';
import { check as exposedGit } from './exposed-git/check.ts';
import { check as forwardSecrecy } from './forward-secrecy/check.ts';
import { check as framing } from './framing/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as http2 } from './http2/check.ts';
import { check as httpsRedirect } from './https-redirect/check.ts';
import { check as internalHosts } from './internal-hosts/check.ts';
import { check as logInLimits } from './log-in-limits/check.ts';
import { check as metadataProbe } from './metadata-probe/check.ts';
import { check as mixedContent } from './mixed-content/check.ts';
import { check as nosniff } from './nosniff/check.ts';
import { check as referrerPolicy } from './referrer-policy/check.ts';
import { check as rejectedCookies } from './rejected-cookies/check.ts';
import { check as robots } from './robots/check.ts';
import { check as securityTxt } from './security-txt/check.ts';
import { check as serverHeader } from './server-header/check.ts';
import { check as sessionCookie } from './session-cookie/check.ts';
import { check as sourceMaps } from './source-maps/check.ts';
import { check as statusPages } from './status-pages/check.ts';
import { check as tlsCiphers } from './tls-ciphers/check.ts';
import { check as tlsVersions } from './tls-versions/check.ts';
import { check as trace } from './trace/check.ts';

/** Checks of a running site. */
export const liveChecks: readonly Check[] = [
  backupFiles,
  certificate,
  certificateExpiry,
  cors,
  csp,
  cspNonce,
  cspViolations,
  csrfCookie,
  debugPage,
  directoryListing,
  dsStore,
  errorDetails,
  errorPageTokens,
  exposedEnv,
  exposedGit,
  forwardSecrecy,
  framing,
  hsts,
  http2,
  httpsRedirect,
  internalHosts,
  logInLimits,
  metadataProbe,
  mixedContent,
  nosniff,
  referrerPolicy,
  rejectedCookies,
  robots,
  securityTxt,
  serverHeader,
  sessionCookie,
  sourceMaps,
  statusPages,
  tlsCiphers,
  tlsVersions,
  trace,
];
