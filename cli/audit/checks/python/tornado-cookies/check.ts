/**
 * Looks at each call of `set_signed_cookie` and `set_secure_cookie` (its old name) in handlers. Tornado signs these cookies; by
 * default they have neither `Secure` nor `HttpOnly` nor `SameSite`.
 *
 * ## Why
 * The old name speaks of the signature: browsers send such a cookie over http too, and scripts can read it.
 *
 * ## Passes
 * Every call gives `secure=True`, `httponly=True` and `samesite='Lax'` or `'Strict'`.
 *
 * ## Fails
 * A call lacks one of them.
 *
 * ## Unknown
 * An argument is computed, or no such call was found, although the application has a `cookie_secret`.
 *
 * ## How to fix
 * ```python
 * self.set_signed_cookie('user', name, secure=True, httponly=True, samesite='Lax')
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import { cookieCalls } from '../../../python/app/cookie-calls.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { tornadoSetting } from '../../../python/app/tornado-setting.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/tornado-cookies',
  framework: 'tornado',
  aspect: 'cookies/session',
  title: 'Signed cookies of Tornado have Secure, HttpOnly and SameSite.',
  why: 'Whoever shares a network with a user, injects a script or runs another site can use the session.',
  severity: 'high',
  cwe: [614, 1004, 1275],
  asvs: ['3.3.1', '3.3.2', '3.3.4'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const calls = cookieCalls(subject);
  const secret = tornadoSetting(app, 'cookie_secret', null);
  if (calls.length === 0) {
    if (secret.plain === null) return [];
    return [
      unknown('The application signs cookies, and where it sets them was not found.', fix, secret.evidence),
    ];
  }
  return calls.map(({ path, line, text, missing }) => {
    const evidence = [{ path, line, text }];
    if (missing === 'unknown') return unknown('The flags of a signed cookie are computed.', fix, evidence);
    return missing.length === 0
      ? pass('A signed cookie has Secure, HttpOnly and SameSite.', evidence)
      : fail(`A signed cookie lacks ${missing.join(' and ')}.`, evidence, fix);
  });
}

const fix = "self.set_signed_cookie('user', name, secure=True, httponly=True, samesite='Lax')";
