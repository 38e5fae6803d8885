/**
 * Finds log-ins that accept a result which does not prove who the user is: an LDAP bind with an empty password, and
 * PAM code that checks the password but not the account.
 *
 * ## Why
 * Most LDAP servers treat a bind with a name and an empty password as an anonymous bind, and report success. Anyone
 * can then log in under any name. With PAM, `pam_authenticate` checks the password; only `pam_acct_mgmt` checks that
 * the account is not locked or expired.
 *
 * ## Bad
 * ```python
 * import ldap
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/login")
 * def login():
 *     directory = ldap.initialize("ldaps://directory.example.com")
 *     directory.simple_bind_s(dn_of(request.form["name"]), request.form["password"])
 *     return {"ok": True}
 * ```
 * ```typescript
 * import express from 'express';
 * import ldap from 'ldapjs';
 *
 * const app = express();
 * const client = ldap.createClient({ url: 'ldaps://directory.example.com' });
 * app.post('/login', (req, res) => {
 *   client.bind(dnOf(req.body.name), req.body.password, (error) => res.sendStatus(error ? 401 : 204));
 * });
 * ```
 *
 * ## Good
 * ```python
 * import ldap
 * from flask import Flask, abort, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/login")
 * def login():
 *     password = request.form["password"]
 *     if not password:
 *         abort(401)
 *     directory = ldap.initialize("ldaps://directory.example.com")
 *     directory.simple_bind_s(dn_of(request.form["name"]), password)
 *     return {"ok": True}
 * ```
 * ```typescript
 * import express from 'express';
 * import ldap from 'ldapjs';
 *
 * const app = express();
 * const client = ldap.createClient({ url: 'ldaps://directory.example.com' });
 * app.post('/login', (req, res) => {
 *   const { name, password } = req.body;
 *   if (typeof password !== 'string' || password === '') return res.sendStatus(401);
 *   return client.bind(dnOf(name), password, (error) => res.sendStatus(error ? 401 : 204));
 * });
 * ```
 *
 * ## When not to use it
 * If the LDAP server is configured to refuse binds with an empty password. `ldap3` refuses them itself, and python-pam
 * checks the account; neither is reported.
 */

import { type ByHost, byHost } from '../../languages/by-host.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions, settingsOf } from '../kit/settings.ts';
import { isConst, known, type Use } from '../kit/use.ts';
import { ofBind } from './ldap.ts';
import { ofPam } from './pam.ts';

export const rule: UseRule = Object.freeze({
  id: 'access/unchecked-login',
  title: 'Authentication bypass: LDAP or PAM result not verified',
  severity: 'high',
  cwe: [287, 285],
  owasp: 'A07:2025 Authentication Failures',
  advice: 'Refuse an empty password before the LDAP bind, and call `pam_acct_mgmt` after `pam_authenticate`.',
  on: settingInstructions,
  names:
    /^(?:(?:simple_)?bind(?:_s)?|pam_authenticate|authenticate|AUTH_LDAP_PERMIT_EMPTY_PASSWORD)$|pam.*auth/i,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  if (inTests(use)) return undefined;
  const { inst, language } = use;
  if (inst.op !== 'call') return language.settingsAreVariables ? ofSettings(use) : undefined;
  return ofBind(use, inst) ?? byHost(language, modules)?.(use, inst);
}

const modules: ByHost<typeof ofPam> = { python: ofPam };

/** django-auth-ldap refuses an empty password unless a setting permits it. */
function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value } of settingsOf(use))
    if (name.endsWith('_PERMIT_EMPTY_PASSWORD') && isConst(known(use, value), true))
      return {
        message: 'Empty passwords reach the LDAP server, which accepts them as an anonymous bind.',
        confidence: 'medium',
      };
  return undefined;
}
