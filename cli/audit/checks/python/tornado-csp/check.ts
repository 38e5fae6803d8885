/**
 * Looks for `Content-Security-Policy` in the code of applications of Tornado, which sends none by itself.
 *
 * ## Why
 * Where escaping was forgotten, a policy without `'unsafe-inline'` for scripts stops most injected scripts.
 *
 * ## Passes
 * Nothing passes it: a handler speaks for its own responses. A server in front that sends a policy passes the line.
 *
 * ## Fails
 * All policies that the code sends allow inline scripts or any host; or handlers render templates, and nothing sends a policy. A server in
 * front may send one instead.
 *
 * ## Unknown
 * Handlers send a policy, perhaps not all, or it is computed; or nothing sends one, and no pages were seen.
 *
 * ## How to fix
 * ```python
 * class Page(tornado.web.RequestHandler):
 *     def set_default_headers(self):
 *         self.set_header('Content-Security-Policy', "default-src 'self'; object-src 'none'; base-uri 'none'")
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Outcome, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import { fileWith } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { headerSender, policyHeader } from '../../../python/header-sender.ts';
import { ownPolicy } from '../../../python/own-headers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/tornado-csp',
  framework: 'tornado',
  aspect: 'csp/policy',
  title: 'Pages of Tornado are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [79, 1021],
  asvs: ['3.4.3'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const weak = ownPolicy(subject, fix);
  if (weak) return [weak];
  const sender = headerSender(subject, policyHeader);
  if (sender !== undefined) {
    const place = { path: sender, text: 'Content-Security-Policy' };
    const summary = `The file ${sender} speaks of a policy, and was not seen to send it with every page.`;
    return [{ ...unknown(summary, fix, [place, ...evidence]), absent: 'perhaps' }];
  }
  const page = fileWith(subject, /\bself\.render(_string)?\(/);
  if (page === undefined) {
    const outcome = unknown('No policy is sent, and whether pages are sent was not seen.', fix, evidence);
    return [{ ...outcome, absent: 'perhaps' }];
  }
  return [
    absent(
      'Pages are sent, and nothing sends a policy.',
      [{ path: page, text: 'self.render(' }, ...evidence],
      fix,
    ),
  ];
}

const fix =
  "self.set_header('Content-Security-Policy', \"default-src 'self'; object-src 'none'; base-uri 'none'\")";
