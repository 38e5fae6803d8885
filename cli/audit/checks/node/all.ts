import type { Check } from '../../check/check.ts';
import { check as contentSecurityPolicy } from './content-security-policy/check.ts';
import { check as cors } from './cors/check.ts';
import { check as debug } from './debug/check.ts';
import { check as errorMessages } from './error-messages/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as httpsRedirect } from './https-redirect/check.ts';
import { check as poweredBy } from './powered-by/check.ts';
import { check as sessionCookie } from './session-cookie/check.ts';
import { check as staticFiles } from './static-files/check.ts';
import { check as trustProxy } from './trust-proxy/check.ts';

/** Settings of Express, Fastify, Hono, Koa, Nest and Next. */
export const nodeChecks: readonly Check[] = [
  debug,
  errorMessages,
  sessionCookie,
  httpsRedirect,
  hsts,
  contentSecurityPolicy,
  cors,
  trustProxy,
  poweredBy,
  staticFiles,
];
