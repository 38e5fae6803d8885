/**
 * Looks for `TrustedHostMiddleware` of FastAPI and Starlette. A server in front may check the host, so this is advice.
 *
 * ## Why
 * `request.url` and redirects have the host of the `Host` header.
 *
 * ## Passes
 * The middleware is in use with a list of names.
 *
 * ## Fails
 * It is not there, or allows `*`.
 *
 * ## Unknown
 * The setting is computed, read from the environment without a default, set behind a condition that files do not decide, or the
 * application is made in a way that was not understood.
 *
 * ## How to fix
 * ```python
 * app.add_middleware(TrustedHostMiddleware, allowed_hosts=['shop.example'])
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { appCheck, readValue } from '../../../python/app/app-check.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { middlewareOf } from '../../../python/app/middleware-of.ts';
import { isType } from '../../../python/value.ts';

export const check: Check = appCheck({
  id: 'python/fastapi-hosts',
  framework: 'fastapi',
  aspect: 'server/hardening',
  title: 'FastAPI answers only for its own host names.',
  why: 'A header that somebody invents becomes part of links and redirects.',
  severity: 'low',
  cwe: [644],
  asvs: [],
  weight: 'note',
  judge,
});

function judge(app: PythonApp): readonly Outcome[] {
  const all = middlewareOf(app, 'TrustedHostMiddleware');
  if (all.kind === 'unknown')
    return [unknown('Which middleware is in use is not known.', fix, [{ ...app.object.spot }])];
  const [found] = all.calls;
  if (!found) return [fail('TrustedHostMiddleware is not in use.', [{ ...app.object.spot }], fix)];
  const hosts = readValue(
    found.given.named.get('allowed_hosts'),
    found.given.isOpen ? undefined : null,
    app.object,
  );
  const evidence = [{ ...found.spot }, ...hosts.evidence];
  if (hosts.plain === null) return [fail('All hosts are allowed.', evidence, fix)];
  if (!isType(hosts.plain, 'list') || hosts.plain.more !== undefined)
    return [unknown('The list of hosts is computed.', fix, evidence)];
  return [
    hosts.plain.items.some(([{ plain }]) => plain === '*')
      ? fail('All hosts are allowed.', evidence, fix)
      : pass('Only listed hosts are answered.', evidence),
  ];
}

const fix = "app.add_middleware(TrustedHostMiddleware, allowed_hosts=['shop.example'])";
