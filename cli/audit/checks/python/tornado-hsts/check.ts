/**
 * Looks for `Strict-Transport-Security` in the code of applications of Tornado, which sends none by itself.
 *
 * ## Why
 * `Strict-Transport-Security` makes browsers use https by themselves, so that no later request goes over http.
 *
 * ## Passes
 * Nothing passes it: a handler speaks for its own responses. A server in front that sends the header passes the line.
 *
 * ## Fails
 * All ages that the code sends are below 180 days. If neither the code nor the server in front of it sends the header, the line fails.
 *
 * ## Unknown
 * Nothing sends it, and a server in front may; the age is computed; or handlers send it, perhaps not all.
 *
 * ## How to fix
 * ```python
 * class Page(tornado.web.RequestHandler):
 *     def set_default_headers(self):
 *         self.set_header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { evidenceOf, ownHsts } from '../../../python/own-headers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/tornado-hsts',
  framework: 'tornado',
  aspect: 'https/hsts',
  title: 'Tornado sends HSTS for at least 180 days.',
  why: 'A later visit over http can be read and changed by whoever shares the network.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const own = ownHsts(subject);
  if (!own) {
    const summary = 'Tornado sends no HSTS by itself, and a server in front of it was not seen to.';
    return [{ ...unknown(summary, fix, [{ ...app.object.spot }]), absent: true }];
  }
  const seen = [...evidenceOf(own.writes), { ...app.object.spot }];
  if (own.verdict === 'short') return [fail('HSTS lasts for less than 180 days.', seen, fix)];
  const outcome = unknown('Handlers send HSTS, perhaps not all, or its age is not known.', fix, seen);
  return [own.verdict === 'long' ? { ...outcome, absent: 'perhaps' } : outcome];
}

const fix = "self.set_header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')";
