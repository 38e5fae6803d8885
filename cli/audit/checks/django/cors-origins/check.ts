/**
 * Looks at the settings of django-cors-headers that production uses. Without it, and without code that sets such headers, browsers
 * let no other origin read anything.
 *
 * ## Why
 * With `CORS_ALLOW_ALL_ORIGINS`, each site may read the responses; with `CORS_ALLOW_CREDENTIALS` too, it reads those of users who
 * have logged in.
 *
 * ## Passes
 * Nothing sends CORS headers, or they are for a fixed list of origins.
 *
 * ## Fails
 * All origins are allowed, or a pattern fits any host.
 *
 * ## Unknown
 * The origins are computed, or code of the project sets such headers itself.
 *
 * ## How to fix
 * ```python
 * CORS_ALLOWED_ORIGINS = ['https://app.shop.example']
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { allowsAll, corsIn, judgeOrigins } from '../../../python/django/cors.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { corsHeader, headerSender } from '../../../python/header-sender.ts';

export const check: Check = djangoCheck({
  id: 'django/cors-origins',
  aspect: 'cors/origins',
  title: 'Other origins may read only what is meant for them.',
  why: 'A page of any site can read what a user who has logged in sees.',
  severity: 'high',
  cwe: [942],
  asvs: ['3.4.2'],
  settings: [
    'CORS_ALLOW_ALL_ORIGINS',
    'CORS_ORIGIN_ALLOW_ALL',
    'CORS_ALLOWED_ORIGINS',
    'CORS_ORIGIN_WHITELIST',
    'CORS_ALLOWED_ORIGIN_REGEXES',
    'CORS_ORIGIN_REGEX_WHITELIST',
    'CORS_ALLOW_CREDENTIALS',
    'MIDDLEWARE',
  ],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = corsIn(settings);
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has a middleware for CORS is not known.', fix };
  const own = headerSender(settings.subject, corsHeader);
  if (own !== undefined)
    return { verdict: 'unknown', summary: `The file ${own} sets headers of CORS itself.`, fix };
  if (!isUsed) return { verdict: 'pass', summary: 'Nothing sends headers of CORS.' };
  if (allowsAll(settings)) {
    const withCookies = settings.plain('CORS_ALLOW_CREDENTIALS') === true ? ', with credentials' : '';
    return { verdict: 'fail', summary: `All origins are allowed${withCookies}.`, fix };
  }
  return judgeOrigins(settings, fix);
}

const fix = "CORS_ALLOWED_ORIGINS = ['https://app.shop.example']";
