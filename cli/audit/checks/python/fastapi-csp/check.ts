/**
 * Looks for `Content-Security-Policy` in the code of applications of FastAPI and Starlette, which send none by themselves: in middleware
 * with `dispatch`, in pure ASGI middleware, and in functions with `@app.middleware("http")`.
 *
 * ## Why
 * Where escaping was forgotten, a policy without `'unsafe-inline'` for scripts stops most injected scripts.
 *
 * ## Passes
 * A middleware that is in use sends, with every response, a policy that limits scripts to named places, hashes or a nonce that is made
 * for each request.
 *
 * ## Fails
 * All policies that the code sends allow inline scripts or any host; or the application has templates, and nothing sends a policy. A
 * server in front may send one instead.
 *
 * ## Unknown
 * The policy is computed, or was not seen to be sent with every response; or nothing sends one, and no pages were seen.
 *
 * ## How to fix
 * ```python
 * class Policy(BaseHTTPMiddleware):
 *     async def dispatch(self, request, call_next):
 *         request.state.nonce = secrets.token_urlsafe(16)
 *         response = await call_next(request)
 *         response.headers["Content-Security-Policy"] = f"script-src 'nonce-{request.state.nonce}'; object-src 'none'; base-uri 'none'"
 *         return response
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck } from '../../../python/app/app-check.ts';
import { fileWith } from '../../../python/app/extension.ts';
import type { PythonApp, PythonApps } from '../../../python/app/find-apps.ts';
import { isUsedMiddleware } from '../../../python/app/used-middleware.ts';
import { headerSender, policyHeader } from '../../../python/header-sender.ts';
import { evidenceOf, ownPolicy, strongPolicies } from '../../../python/own-headers.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-csp',
  framework: 'fastapi',
  aspect: 'csp/policy',
  title: 'Pages of FastAPI are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [79, 1021],
  asvs: ['3.4.3'],
  judge,
});

function judge(app: PythonApp, subject: Subject, apps: PythonApps): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const weak = ownPolicy(subject, fix);
  if (weak) return [weak];
  const strong = strongPolicies(subject);
  if (strong?.some(({ middleware }) => isUsedMiddleware(app, apps, middleware)) === true)
    return [
      pass('A middleware sends a policy that stops inline scripts with every response.', [
        ...evidenceOf(strong),
        ...evidence,
      ]),
    ];
  const sender = headerSender(subject, policyHeader);
  if (sender !== undefined) {
    const place = { path: sender, text: 'Content-Security-Policy' };
    const summary = `The file ${sender} speaks of a policy, which is computed or was not seen to be sent with every page.`;
    return [unknown(summary, fix, [place, ...evidence])];
  }
  const template = fileWith(subject, /\bJinja2Templates\b|\bTemplateResponse\b/);
  if (template === undefined)
    return [
      {
        ...unknown('No policy is sent, and whether pages are sent was not seen.', fix, evidence),
        absent: 'perhaps',
      },
    ];
  const pages = { path: template, text: 'Jinja2Templates' };
  return [absent('Pages are sent, and nothing sends a policy.', [pages, ...evidence], fix)];
}

const fix =
  "Send a policy in a middleware: `response.headers[\"Content-Security-Policy\"] = \"default-src 'self'; object-src 'none'; base-uri 'none'\"`.";
