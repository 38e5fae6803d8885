/**
 * Lists every log-in: routes that check a password or a code, views of libraries that do, and strategies of passport. For each it is
 * shown what limits the attempts.
 *
 * ## Why
 * Without a limit an attacker tries thousands of passwords, or every code of six digits.
 *
 * ## Passes
 * Every log-in has a limiter of a package at its route, before all routes, or in its own code; or a function of the project counts with
 * a store and throws or answers 429 on all ways to the check of the password; or all code was read, and none checks a password.
 *
 * ## Fails
 * The scanner finds a log-in without a limit (`limits/login-attempts`). Or all code was read, nothing limits a log-in or speaks of limits,
 * and neither does the configuration of a server in front.
 *
 * ## Unknown
 * What limits a log-in could not be followed, its route was not found, a library logs users in that the scanner does not know, or a
 * package that is not in the project brings routes: a blueprint, a router, a URLconf.
 *
 * ## How to fix
 * ```js
 * app.post('/login', rateLimit({ windowMs: 60_000, limit: 5 }), logIn);
 * ```
 * ```python
 * @app.post("/login")
 * @limiter.limit("5/minute")
 * def login(): ...
 * ```
 * In Django: django-axes, with its backend and its middleware in the settings.
 */

import type { CodeView, LogIn } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { Subject } from '../../../subject/subject.ts';
import { judgeFindings } from '../judge-findings.ts';
import { gapsOf } from '../judge-sites.ts';
import { foreignRoutes } from './foreign-routes.ts';

const fix =
  'Limit attempts per account and per address: `loginLimit` of bulwark/rate-limit, express-rate-limit, Flask-Limiter, slowapi, django-axes.';

export const check: Check = {
  id: 'code/log-in-limits',
  aspect: 'rate-limits/log-in',
  title: 'Every route that checks a password has a limit of attempts.',
  why: 'Without a limit an attacker tries thousands of passwords, or every code.',
  severity: 'medium',
  cwe: [307],
  asvs: ['6.3.1'],
  async run(subject) {
    const view = await subject.code();
    return view.files === 0 ? [] : [look(subject, view)];
  },
};

/** What logs users in, or checks passwords. */
const authentication =
  /^(next-auth|@auth\/.*|better-auth|lucia|passport|passport-local|express-basic-auth|basic-auth|koa-basic-auth|@fastify\/basic-auth|flask_httpauth|supertokens-node|@clerk\/.*|bcrypt|bcryptjs|argon2|@node-rs\/(argon2|bcrypt)|flask_login|flask_security|flask_user|allauth|fastapi_users|dj_rest_auth|rest_framework_simplejwt|djoser|passlib|pwdlib|bulwark\/password|@supabase\/.*|supabase|firebase-admin|otplib|speakeasy|pyotp|ldapjs|ldap3)$/;

function look(subject: Subject, view: CodeView): Outcome {
  const { logIns } = view;
  const found = judgeFindings(view, [/^limits\/login-attempts$/], 'A log-in has no limit of attempts');
  if (found) return found;
  const open = logIns.filter(({ limit }) => limit !== 'limited');
  const bare = open.filter(({ limit }) => limit === 'none');
  if (bare.length > 0 && gapsOf(subject, view).length === 0 && limitsInFront(subject) === undefined)
    return fail(
      `${bare.length === 1 ? 'A log-in has' : `${bare.length} log-ins have`} no limit of attempts, in the code or in a server in front.`,
      evidenceOf(bare),
      fix,
    );
  if (open.length > 0)
    return unknown(
      `What limits ${open.length === 1 ? 'a log-in' : `${open.length} of ${logIns.length} log-ins`} could not be seen.`,
      fix,
      evidenceOf(open),
    );
  const gaps = gapsOf(subject, view);
  if (gaps.length > 0)
    return unknown('Not all code was read, so that a log-in may be missing from the list.', fix, [
      ...gaps,
      ...evidenceOf(logIns),
    ]);
  const foreign = foreignRoutes(subject, view);
  if (foreign.length > 0)
    return unknown(
      'Routes of a package that is not in the project are in use, and a log-in may be among them.',
      fix,
      [...foreign, ...evidenceOf(logIns)],
    );
  if (logIns.length > 0) return pass('Every log-in has a limit of attempts.', evidenceOf(logIns));
  const library = view.imports.find((one) => authentication.test(one.package));
  if (library)
    return unknown(
      `\`${library.package}\` is imported, and no route that checks a password was found.`,
      fix,
      [{ text: library.package, path: library.path, line: library.line }],
    );
  return pass('All code was read, and no route checks a password.', [
    { text: `${view.files} files read, ${view.routes.length} routes, 0 log-ins` },
  ]);
}

const mostFiles = 2_000;

/** A file of a server in front that speaks of limits. */
function limitsInFront(subject: Subject): string | undefined {
  return subject.paths
    .filter((path) =>
      /\.(?:conf|cfg|ya?ml|toml|tf|tpl|template|j2|ini|json|service)$|(?:^|\/)(?:Caddyfile|nginx[\w.-]*)$/i.test(
        path,
      ),
    )
    .filter(
      (path) => !/(?:^|\/)(?:package(?:-lock)?|tsconfig[\w.]*)\.json$|(?:^|\/)pnpm-lock\.yaml$/.test(path),
    )
    .slice(0, mostFiles)
    .find((path) =>
      /limit_req|rate_?-?limit|stick-table|limit-rps|limit-rpm|limit-connections|fail2ban|throttl|wafv2|cloud_?armor/i.test(
        subject.read(path) ?? '',
      ),
    );
}

function evidenceOf(logIns: readonly LogIn[]): readonly Evidence[] {
  return logIns.slice(0, 10).map(({ name, limit, because, place }) => ({
    text: `${name}: ${limit === 'limited' ? 'limited' : limit === 'none' ? 'no limit seen' : 'not known'}, ${because}`,
    path: place.path,
    line: place.line,
  }));
}
