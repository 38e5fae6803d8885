/**
 * Finds data of a request that is written as it is into a log of lines.
 *
 * ## Why
 * A line break begins a new entry, which the sender has made up. It hides what was done, or blames others, and escape
 * sequences act in the terminal of who reads it.
 *
 * ## Bad
 * ```python
 * import logging
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/login")
 * def login():
 *     logging.warning("login failed for %s", request.form["user"])
 *     return {}, 401
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.post('/login', (req, res) => {
 *   console.warn(`login failed for ${req.body.user}`);
 *   res.sendStatus(401);
 * });
 * ```
 *
 * ## Good
 * ```python
 * import logging
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/login")
 * def login():
 *     logging.warning("login failed for %r", request.form["user"])
 *     return {}, 401
 * ```
 * ```typescript
 * import { visible } from 'bulwark/event';
 * import express from 'express';
 *
 * const app = express();
 * app.post('/login', (req, res) => {
 *   console.warn(`login failed for ${visible(String(req.body.user))}`);
 *   console.warn('login failed', JSON.stringify({ user: req.body.user })); // one line, too
 *   res.sendStatus(401);
 * });
 * ```
 *
 * ## When not to use it
 * Where the logger's format, set elsewhere, writes each entry as JSON.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'log/injection',
  title: 'Line breaks of others in a log',
  severity: 'low',
  cwe: [117],
  owasp: 'A09:2025 Security Logging and Alerting Failures',
  sinks: ['log'],
  sources: ['remote'],
  message: 'Untrusted input is logged with its line breaks',
  advice:
    'Log it as JSON, by `%r`, or as a field of a logger that writes JSON. In TypeScript, `visible` of bulwark/event shows line breaks and control characters.',
  pythonAdvice:
    'Log the value with `%r`, or as a field of a logger that writes JSON (structlog, python-json-logger).',
} satisfies FlowRule);
