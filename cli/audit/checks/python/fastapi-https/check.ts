/**
 * Looks for `HTTPSRedirectMiddleware` of FastAPI and Starlette.
 *
 * ## Why
 * The first request of a browser often goes over http. If it is answered there, an attacker in the network sees it, and can change
 * the answer.
 *
 * ## Passes
 * The middleware is in use.
 *
 * ## Fails
 * Nothing fails it: a server in front may redirect.
 *
 * ## Unknown
 * The middleware is not there, or how it is used was not understood.
 *
 * ## How to fix
 * ```python
 * from fastapi.middleware.httpsredirect import HTTPSRedirectMiddleware
 * app.add_middleware(HTTPSRedirectMiddleware)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { middlewareOf } from '../../../python/app/middleware-of.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-https',
  framework: 'fastapi',
  aspect: 'https/redirect',
  title: 'FastAPI redirects requests over http to https.',
  why: 'Whoever shares a network with a user can read and change what is sent over http.',
  severity: 'high',
  cwe: [319],
  asvs: ['4.1.2', '12.2.1'],
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const all = middlewareOf(app, 'HTTPSRedirectMiddleware');
  const [found] = all.kind === 'known' ? all.calls : [];
  if (found) return [pass('HTTPSRedirectMiddleware redirects to https.', [{ ...found.spot }])];
  const summary =
    'The application does not redirect to https by itself, and a server in front of it was not seen to.';
  return [
    {
      ...unknown(summary, 'app.add_middleware(HTTPSRedirectMiddleware)', [{ ...app.object.spot }]),
      absent: true,
    },
  ];
}
