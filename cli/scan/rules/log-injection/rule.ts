/**
 * Finds untrusted input that is written to a line-based log with its line breaks intact.
 *
 * ## Why
 * A line break in the value starts a new log entry, and the attacker writes that entry. Forged entries hide an attack
 * or blame someone else. Escape sequences act in the terminal of the person who reads the log.
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
 * Where the logger, which is configured elsewhere, writes each entry as JSON.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'log/injection',
  title: 'Log injection',
  severity: 'low',
  cwe: [117],
  owasp: 'A09:2025 Security Logging and Alerting Failures',
  sinks: ['log'],
  sources: ['remote'],
  message: 'Untrusted input is logged with its line breaks intact',
  advice:
    'Log the value as a field of a logger that writes JSON (pino, winston), or escape it with `visible` of bulwark/event.',
  pythonAdvice:
    'Log the value with `%r`, or as a field of a logger that writes JSON (structlog, python-json-logger).',
} satisfies FlowRule);
