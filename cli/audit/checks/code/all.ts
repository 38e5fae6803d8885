import type { Check } from '../../check/check.ts';
import { check as cookieFlags } from './cookie-flags/check.ts';
import { check as errorHandler } from './error-handler/check.ts';
import { check as logInLimits } from './log-in-limits/check.ts';
import { check as loggedSecrets } from './logged-secrets/check.ts';
import { check as markupTests } from './markup-tests/check.ts';
import { check as outboundSites } from './outbound-sites/check.ts';
import { check as querySites } from './query-sites/check.ts';
import { check as secretsInTree } from './secrets-in-tree/check.ts';
import { check as securityEvents } from './security-events/check.ts';
import { check as templateSites } from './template-sites/check.ts';
import { check as uploadSites } from './upload-sites/check.ts';

/** What the scanner knows of the code: every place of a kind, and findings. */
export const codeChecks: readonly Check[] = [
  querySites,
  templateSites,
  markupTests,
  outboundSites,
  uploadSites,
  errorHandler,
  securityEvents,
  loggedSecrets,
  logInLimits,
  secretsInTree,
  cookieFlags,
];
