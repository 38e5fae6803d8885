import type { Check } from '../../check/check.ts';
import { check as contentSecurityPolicy } from './content-security-policy/check.ts';
import { check as cors } from './cors/check.ts';
import { check as hsts } from './hsts/check.ts';
import { check as httpsRedirect } from './https-redirect/check.ts';
import { check as sessionCookie } from './session-cookie/check.ts';

/** Settings of Express, Fastify, Hono, Koa, Nest and Next. */
export const nodeChecks: readonly Check[] = [sessionCookie, httpsRedirect, hsts, contentSecurityPolicy, cors];
