/**
 * Finds untrusted format strings, which decide what happens to the other values.
 *
 * ## Why
 * In Python, `{0.__init__.__globals__}` reads anything that can be reached from a value: settings, keys. In Node, `%s`
 * and `%o` in untrusted input consume the values after it and print everything in them.
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
 * import { format } from 'node:util';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/greeting', (req, res) => {
 *   res.json({ text: format(req.query.format, currentUser()) });
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
 * import { format } from 'node:util';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/greeting', (req, res) => {
 *   res.json({ text: format('Good morning, %s', currentUser().name, req.query.format) });
 * });
 * ```
 *
 * ## When not to use it
 * If those who write the formats may read everything. Formats without values, and those of the console, are not
 * reported.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'format/untrusted',
  title: 'Untrusted format string',
  severity: 'medium',
  cwe: [134],
  owasp: 'A05:2025 Injection',
  sinks: ['format'],
  sources: ['remote'],
  message: 'Untrusted input is used as a format string',
  advice:
    'Write the format string in the code, and pass untrusted input as one of its values: `format("%s", input)`.',
  pythonAdvice: 'Write the format string in the code, and pass untrusted input as one of its values.',
} satisfies FlowRule);
