/**
 * Looks at `SESSION_COOKIE_SECURE`, `SESSION_COOKIE_HTTPONLY` and `SESSION_COOKIE_SAMESITE` of Flask's configuration, and at
 * flask-talisman, which sets them. Flask's defaults are `False`, `True` and `None`. It speaks of applications with a secret key or
 * with flask-login: without these there are no sessions.
 *
 * ## Why
 * Without `Secure`, browsers send the cookie over http too. Without `HttpOnly`, scripts can read it. Without `SameSite`, some
 * browsers send it with requests of other sites.
 *
 * ## Passes
 * All three are set.
 *
 * ## Fails
 * One of them is missing or off.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE='Lax')
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  appCheck,
  flaskSetting,
  otherNamers,
  type Read,
  readValue,
  unless,
} from '../../../python/app/app-check.ts';
import { extension, hasSessions } from '../../../python/app/extension.ts';
import type { PythonApp, PythonApps } from '../../../python/app/find-apps.ts';
import type { CallArguments } from '../../../python/call-arguments.ts';
import { isForDevelopment } from '../../../python/deployed-variables.ts';
import { truthOf } from '../../../python/operators.ts';
import { isProductionPath } from '../../../subject/production-path.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/flask-session-cookie',
  framework: 'flask',
  aspect: 'cookies/session',
  title: 'The session cookie of Flask has Secure, HttpOnly and SameSite.',
  why: 'Whoever shares a network with a user, injects a script or runs another site can use the session.',
  severity: 'high',
  cwe: [614, 1004, 1275],
  asvs: ['3.3.1', '3.3.2', '3.3.4'],
  judge,
});

function judge(app: PythonApp, subject: Subject, apps: PythonApps): readonly Outcome[] {
  if (!hasSessions(app, subject)) return [];
  const talisman = extension(app, 'Talisman');
  const outcomes = (['SECURE', 'HTTPONLY', 'SAMESITE'] as const).map((name) => {
    const setting = `SESSION_COOKIE_${name}`;
    const isByTalisman = talisman !== undefined && !talisman.isOpen;
    const initial = name === 'HTTPONLY' ? true : name === 'SAMESITE' ? null : false;
    const read = isByTalisman ? ofTalisman(app, talisman, name) : flaskSetting(app, setting, initial);
    const others = otherNamers(subject, apps, setting, isProduction);
    if (read.plain === undefined)
      return unknown(`${setting} is not known: ${read.reason}.`, fix, read.evidence);
    const isGood =
      name === 'SAMESITE' ? /^(lax|strict)$/i.test(String(read.plain)) : truthOf(read.plain) === true;
    const [other] = others;
    if (other !== undefined)
      return unknown(`${setting} is not known: ${other} may set it too.`, fix, [
        ...read.evidence,
        { path: other, text: setting },
      ]);
    const what = name === 'SAMESITE' ? 'neither Lax nor Strict' : 'off';
    return isGood
      ? pass(`${setting} is on${unless(read)}.`, read.evidence)
      : fail(`${setting} is ${what}${unless(read)}.`, read.evidence, fix);
  });
  return outcomes;
}

function isProduction(path: string): boolean {
  return isProductionPath(path) && !isForDevelopment(path);
}

/** What Talisman sets when it is made (1.1.0). */
function ofTalisman(
  app: PythonApp,
  { named }: CallArguments,
  name: 'SECURE' | 'HTTPONLY' | 'SAMESITE',
): Read {
  const option = {
    SECURE: 'session_cookie_secure',
    HTTPONLY: 'session_cookie_http_only',
    SAMESITE: 'session_cookie_samesite',
  }[name];
  const read = readValue(named.get(option), name === 'SAMESITE' ? 'Lax' : true, app.object);
  // Switched off in Talisman, what the configuration says counts.
  return read.plain === false && name !== 'SAMESITE'
    ? flaskSetting(app, `SESSION_COOKIE_${name}`, name === 'HTTPONLY')
    : read;
}

const fix =
  "app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE='Lax')";
