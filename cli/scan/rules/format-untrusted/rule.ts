/**
 * Finds formats of others: the text whose directives say what becomes of other values.
 *
 * ## Why
 * In Python `{0.__init__.__globals__}` reads whatever belongs to a value: settings, keys. In Node `%s` and `%o` in what
 * others sent take up the values behind it, so that a log says what did not happen.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/greeting")
 * def greeting():
 *     return {"text": request.args["format"].format(user=current_user())}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/', (req, res) => {
 *   console.log(`wrong password for ${JSON.stringify(req.query.user)}`, req.ip);
 *   res.sendStatus(401);
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 * FORMATS = {"short": "Hi {name}", "long": "Good morning, {name}"}
 *
 * @app.get("/greeting")
 * def greeting():
 *     return {"text": FORMATS[request.args["format"]].format(name=current_user().name)}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/', (req, res) => {
 *   console.log('wrong password for %j', req.query.user, req.ip);
 *   res.sendStatus(401);
 * });
 * ```
 *
 * ## When not to use it
 * Where those who may write formats may read everything. Formats without values are not reported.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'format/untrusted',
  title: 'Format of others',
  severity: 'medium',
  cwe: [134],
  owasp: 'A05:2025 Injection',
  sinks: ['format'],
  sources: ['remote'],
  message: 'Data of others is read as a format',
  advice: 'Write the format in the code, and pass what others sent as one of its values.',
} satisfies FlowRule);
