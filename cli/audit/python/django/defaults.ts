import { known, list, type Value } from '../value.ts';

/**
 * What Django takes for a setting that a project does not have, by the version since which it does.
 *
 * Read from `django/conf/global_settings.py` of 4.2.30, and from the release notes of 3.0, 3.1, 4.0, 4.1, 5.2 and 6.0: none of the
 * others has changed since 3.2.
 */
type Since = readonly [version: number, value: () => Value];

const off = (): Value => known(false);
const none = (): Value => known(null);
const empty = (): Value => known(list([]));

const defaults: ReadonlyMap<string, readonly Since[]> = new Map<string, readonly Since[]>([
  ['DEBUG', [[0, off]]],
  ['ALLOWED_HOSTS', [[0, empty]]],
  ['INSTALLED_APPS', [[0, empty]]],
  ['MIDDLEWARE', [[0, empty]]],
  ['SECRET_KEY', [[0, () => known('')]]],
  ['SECRET_KEY_FALLBACKS', [[4.1, empty]]],
  ['SECURE_SSL_REDIRECT', [[0, off]]],
  ['SECURE_REDIRECT_EXEMPT', [[0, empty]]],
  ['SECURE_HSTS_SECONDS', [[0, () => known(0)]]],
  ['SECURE_HSTS_INCLUDE_SUBDOMAINS', [[0, off]]],
  ['SECURE_HSTS_PRELOAD', [[0, off]]],
  [
    'SECURE_CONTENT_TYPE_NOSNIFF',
    [
      [0, off],
      [3, () => known(true)],
    ],
  ],
  [
    'SECURE_REFERRER_POLICY',
    [
      [3, none],
      [3.1, () => known('same-origin')],
    ],
  ],
  ['SECURE_CROSS_ORIGIN_OPENER_POLICY', [[4, () => known('same-origin')]]],
  ['SECURE_CSP', [[6, () => known({ type: 'dict', entries: new Map(), spots: [] })]]],
  [
    'X_FRAME_OPTIONS',
    [
      [0, () => known('SAMEORIGIN')],
      [3, () => known('DENY')],
    ],
  ],
  ['SESSION_COOKIE_SECURE', [[0, off]]],
  ['SESSION_COOKIE_HTTPONLY', [[0, () => known(true)]]],
  [
    'SESSION_COOKIE_SAMESITE',
    [
      [0, none],
      [2.1, () => known('Lax')],
    ],
  ],
  ['CSRF_COOKIE_SECURE', [[0, off]]],
  ['CSRF_USE_SESSIONS', [[0, off]]],
  ['CSRF_FAILURE_VIEW', [[0, () => known('django.views.csrf.csrf_failure')]]],
]);

/** The versions whose defaults are known. Where a project does not say its version, all of them may be it. */
export const knownVersions: readonly number[] = [3.2, 4.2, 5.2, 6];

/** Undefined if that version has no such setting. */
export function defaultOf(name: string, version: number): Value | undefined {
  return defaults
    .get(name)
    ?.findLast(([since]) => version >= since)?.[1]();
}

/** `4.2` of `4.2.11`, `>=4.2,<5`, `~=4.2` and `^4.2`: the lowest that is allowed; undefined if none is said. */
export function djangoVersion(range: string | undefined): number | undefined {
  const text = range?.replace(/(<=?|!=)\s*[\w.*]+/g, '') ?? '';
  const [, major, minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? undefined : Number(`${major}.${minor}`);
}
