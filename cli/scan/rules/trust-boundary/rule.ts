/**
 * Finds untrusted input that is written to the session without a check.
 *
 * ## Why
 * Code that reads the session trusts it. A role, a user ID or a whole body that the client chose passes for the
 * server's own data from then on.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request, session
 *
 * app = Flask(__name__)
 *
 * @app.post("/settings")
 * def settings():
 *     session["role"] = request.form["role"]
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import session from 'express-session';
 *
 * const app = express();
 * app.use(session({ secret: process.env.SESSION_SECRET ?? '' }));
 * app.post('/settings', (req, res) => {
 *   req.session.role = req.body.role;
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, abort, request, session
 *
 * app = Flask(__name__)
 * LANGUAGES = {"en", "es", "de"}
 *
 * @app.post("/settings")
 * def settings():
 *     language = request.form["language"]
 *     if language not in LANGUAGES:
 *         abort(400)
 *     session["language"] = language
 *     return {}
 * ```
 * ```typescript
 * import express from 'express';
 * import session from 'express-session';
 *
 * const app = express();
 * const languages = new Set(['en', 'es', 'de']);
 * app.use(session({ secret: process.env.SESSION_SECRET ?? '' }));
 * app.post('/settings', (req, res) => {
 *   if (languages.has(req.body.language)) req.session.language = req.body.language;
 *   res.sendStatus(204);
 * });
 * ```
 *
 * ## When not to use it
 * For text that is only shown again, such as the values of a form that spans several pages.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'trust/boundary',
  title: 'Untrusted input in the session',
  severity: 'medium',
  cwe: [501],
  owasp: 'A06:2025 Insecure Design',
  sinks: ['trust'],
  sources: ['remote'],
  message: 'Untrusted input becomes a key or value of the session without a check',
  advice: 'Compare the value with an allow-list, or store what the server itself looked up.',
} satisfies FlowRule);
