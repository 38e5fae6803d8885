/**
 * Looks at `SessionMiddleware` of FastAPI and Starlette. Its cookie always has `HttpOnly`; `same_site` is `lax` and `https_only` is
 * `False` by default.
 *
 * ## Why
 * A browser sends a cookie without `Secure` over http too, where it can be read.
 *
 * ## Passes
 * `https_only=True`, and `same_site` is `lax` or `strict`.
 *
 * ## Fails
 * `https_only` is missing or `False`, or `same_site` is `none`.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app.add_middleware(SessionMiddleware, secret_key=os.environ['SECRET_KEY'], https_only=True)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue, unless } from '../../../python/app/app-check.ts';
import { fileWith } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { middlewareOf } from '../../../python/app/middleware-of.ts';
import { truthOf } from '../../../python/operators.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-session-cookie',
  framework: 'fastapi',
  aspect: 'cookies/session',
  title: 'The session cookie of Starlette is sent over https only, and not with requests of other sites.',
  why: 'Whoever shares a network with a user can read the session cookie, and use the session.',
  severity: 'high',
  cwe: [614, 1275],
  asvs: ['3.3.1', '3.3.2'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const all = middlewareOf(app, 'SessionMiddleware');
  if (all.kind === 'unknown') return [unknown('Which middleware is in use is not known.', fix, evidence)];
  if (all.calls.length === 0) {
    const file = fileWith(subject, /\bSessionMiddleware\b/);
    return file === undefined
      ? []
      : [
          unknown('How SessionMiddleware is used was not understood.', fix, [
            { path: file, text: 'SessionMiddleware' },
          ]),
        ];
  }
  return all.calls.map(({ given, spot }) => {
    const secure = readValue(given.named.get('https_only'), given.isOpen ? undefined : false, app.object);
    const site = readValue(given.named.get('same_site'), given.isOpen ? undefined : 'lax', app.object);
    const seen = [{ ...spot }, ...secure.evidence, ...site.evidence];
    const isOn = secure.plain === undefined ? undefined : truthOf(secure.plain);
    if (isOn === undefined || typeof site.plain !== 'string')
      return unknown('The flags of the session cookie are not known.', fix, seen);
    if (!isOn) return fail(`https_only is off${unless(secure)}.`, seen, fix);
    return /^(lax|strict)$/i.test(site.plain)
      ? pass(`The session cookie has Secure, HttpOnly and SameSite${unless(secure)}.`, seen)
      : fail('same_site is neither lax nor strict.', seen, "same_site='lax'");
  });
}

const fix = "app.add_middleware(SessionMiddleware, secret_key=os.environ['SECRET_KEY'], https_only=True)";
