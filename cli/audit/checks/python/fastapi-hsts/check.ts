/**
 * Looks for `Strict-Transport-Security` in the code of applications of FastAPI and Starlette, which send none by themselves.
 *
 * ## Why
 * Without the header a browser starts with http when somebody types the name, and anyone on the path keeps it there.
 *
 * ## Passes
 * `dispatch` of a `BaseHTTPMiddleware` sets it for every response, for at least 180 days, and the application has that middleware.
 *
 * ## Fails
 * It is shorter.
 *
 * ## Unknown
 * The application sends none, and a server in front may; the value is computed; or it was not seen to be sent with every response.
 *
 * ## How to fix
 * ```python
 * response.headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import type { PythonApp, PythonApps } from '../../../python/app/find-apps.ts';
import { isUsedMiddleware } from '../../../python/app/used-middleware.ts';
import { evidenceOf, ownHsts } from '../../../python/own-headers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-hsts',
  framework: 'fastapi',
  aspect: 'https/hsts',
  title: 'FastAPI sends HSTS for at least 180 days.',
  why: 'A later visit over http can be read and changed by whoever shares the network.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  judge,
});

function judge(app: PythonApp, subject: Subject, apps: PythonApps): readonly Outcome[] {
  const own = ownHsts(subject);
  if (!own) {
    const summary = 'FastAPI sends no HSTS by itself, and a server in front of it was not seen to.';
    return [{ ...unknown(summary, fix, [{ ...app.object.spot }]), absent: true }];
  }
  const seen = [...evidenceOf(own.writes), { ...app.object.spot }];
  if (own.verdict === 'short') return [fail('HSTS lasts for less than 180 days.', seen, fix)];
  const used = own.writes.find(({ middleware }) => isUsedMiddleware(app, apps, middleware));
  if (own.verdict === 'long' && used) return [pass('A middleware sends HSTS for at least 180 days.', seen)];
  const summary =
    'Code of the project sends HSTS, and its age or whether every response has it is not known.';
  const outcome = unknown(summary, fix, seen);
  return [own.verdict === 'long' ? { ...outcome, absent: 'perhaps' } : outcome];
}

const fix = "response.headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains'";
