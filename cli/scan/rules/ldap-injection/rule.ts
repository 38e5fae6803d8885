/**
 * Finds LDAP filters and distinguished names that are built from untrusted input.
 *
 * ## Why
 * `*` matches everything, and a parenthesis ends the condition: `*)(uid=*` finds every user, and may log the attacker
 * in as the first one.
 *
 * ## Bad
 * ```python
 * import ldap
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 * directory = ldap.initialize("ldaps://ldap.example.com")
 *
 * @app.get("/people")
 * def people():
 *     name = request.args["name"]
 *     found = directory.search_s("ou=people,dc=example", ldap.SCOPE_SUBTREE, f"(uid={name})")
 *     return {"count": len(found)}
 * ```
 * ```typescript
 * import express from 'express';
 * import { Client } from 'ldapts';
 *
 * const app = express();
 * const client = new Client({ url: 'ldaps://ldap.example.com' });
 * app.get('/people', async (req, res) => {
 *   const { searchEntries } = await client.search('ou=people,dc=example', { filter: `(uid=${req.query.name})` });
 *   res.json({ count: searchEntries.length });
 * });
 * ```
 *
 * ## Good
 * ```python
 * import ldap
 * from ldap.filter import escape_filter_chars
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 * directory = ldap.initialize("ldaps://ldap.example.com")
 *
 * @app.get("/people")
 * def people():
 *     name = escape_filter_chars(request.args["name"])
 *     found = directory.search_s("ou=people,dc=example", ldap.SCOPE_SUBTREE, f"(uid={name})")
 *     return {"count": len(found)}
 * ```
 * ```typescript
 * import express from 'express';
 * import escape from 'ldap-escape';
 * import { Client } from 'ldapts';
 *
 * const app = express();
 * const client = new Client({ url: 'ldaps://ldap.example.com' });
 * app.get('/people', async (req, res) => {
 *   const filter = escape.filter`(uid=${String(req.query.name)})`;
 *   const { searchEntries } = await client.search('ou=people,dc=example', { filter });
 *   res.json({ count: searchEntries.length });
 * });
 * ```
 *
 * ## When not to use it
 * In an LDAP console where administrators write filters on purpose.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'ldap/injection',
  title: 'LDAP injection',
  severity: 'high',
  cwe: [90],
  owasp: 'A05:2025 Injection',
  sinks: ['ldap'],
  sources: ['remote'],
  message: 'Untrusted input becomes part of an LDAP filter or distinguished name',
  advice:
    'Build the filter from objects, such as `EqualityFilter` of ldapts, or escape the value: filters and distinguished names have different escapes.',
  pythonAdvice:
    'Escape the value for its context: `ldap3.utils.conv.escape_filter_chars` or `ldap.filter.escape_filter_chars` in a filter, `escape_rdn` or `escape_dn_chars` in a name.',
} satisfies FlowRule);
