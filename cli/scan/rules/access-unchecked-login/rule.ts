/**
 * Finds log-ins by another system whose "yes" does not say that somebody may come in: a bind to a directory with an empty
 * password, and PAM that is asked for the password but not for the account.
 *
 * ## Why
 * Most directories answer a name with an empty password as they answer somebody who gives no name at all: with success. So
 * anybody gets in under any name. `pam_authenticate` says that the password is right, `pam_acct_mgmt` alone says that the account
 * is neither locked nor expired.
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
 * Where the directory is set up to refuse a name without a password. ldap3 refuses an empty password itself, python-pam asks for
 * the account, and both are not reported.
 */
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { settingInstructions, settingsOf } from '../../rule/settings.ts';
import { isConst, known, type Use } from '../../rule/use.ts';
import { ofBind } from './ldap.ts';
import { ofPam } from './pam.ts';

export const rule: UseRule = Object.freeze({
  id: 'access/unchecked-login',
  title: 'Log-in that accepts what proves nothing',
  severity: 'high',
  cwe: [287, 285],
  owasp: 'A07:2025 Authentication Failures',
  advice:
    'Refuse an empty password before the directory is asked, and call `pam_acct_mgmt` after `pam_authenticate`.',
  on: settingInstructions,
  names:
    /^(?:(?:simple_)?bind(?:_s)?|pam_authenticate|authenticate|AUTH_LDAP_PERMIT_EMPTY_PASSWORD)$|pam.*auth/i,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  if (inTests(use)) return undefined;
  const { inst, language } = use;
  if (inst.op !== 'call') return language === 'python' ? ofSettings(use) : undefined;
  return ofBind(use, inst) ?? (language === 'python' ? ofPam(use, inst) : undefined);
}

/** django-auth-ldap refuses an empty password unless it is told not to. */
function ofSettings(use: Use): UseReport | undefined {
  for (const { name, value } of settingsOf(use))
    if (name.endsWith('_PERMIT_EMPTY_PASSWORD') && isConst(known(use, value), true))
      return {
        message: 'Empty passwords are handed on to the directory, which accepts them',
        confidence: 'medium',
      };
  return undefined;
}
