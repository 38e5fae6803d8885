/**
 * Finds responses that hold an exception's message, its stack or a traceback.
 *
 * ## Why
 * They name paths, versions, tables, statements and sometimes values of other users. An attacker reads in them how far an
 * attempt has come.
 *
 * ## Bad
 * ```python
 * from flask import Flask
 *
 * app = Flask(__name__)
 *
 * @app.get("/orders")
 * def orders():
 *     try:
 *         return {"orders": load_orders()}
 *     except Exception as error:
 *         return {"error": str(error)}, 500
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/orders', async (_req, res) => {
 *   try {
 *     res.json(await loadOrders());
 *   } catch (error) {
 *     res.status(500).json({ error: error.message });
 *   }
 * });
 * ```
 *
 * ## Good
 * ```python
 * import logging
 * from flask import Flask
 *
 * app = Flask(__name__)
 *
 * @app.get("/orders")
 * def orders():
 *     try:
 *         return {"orders": load_orders()}
 *     except Exception:
 *         logging.exception("orders could not be loaded")
 *         return {"error": "The orders cannot be shown now."}, 500
 * ```
 * ```typescript
 * import { bulwark, bulwarkErrors } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(bulwark());
 * app.get('/orders', async (_req, res) => {
 *   res.json(await loadOrders());
 * });
 * app.use(bulwarkErrors({ onError: (error, requestId) => console.error(requestId, error) }));
 * ```
 *
 * ## When not to use it
 * For errors of your own whose messages are written for the user: give those a class of their own, and answer only these.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'error/leak',
  title: 'Details of an error in the answer',
  severity: 'medium',
  cwe: [209],
  owasp: 'A10:2025 Mishandling of Exceptional Conditions',
  sinks: ['leak'],
  sources: ['error'],
  message: 'The message or stack trace of an error is sent to the client',
  advice:
    'Answer a general sentence and an id, and log the rest under this id. `bulwarkErrors` of bulwark/express does so.',
  pythonAdvice: {
    django:
      'Log the exception with `logger.exception`, and return a general message with an error id. Keep `DEBUG` off in production.',
    flask: 'Log the exception with `app.logger.exception`, and return a general message with an error id.',
    any: 'Log the exception with `logger.exception`, and return a general message with an error id.',
  },
} satisfies FlowRule);
