/**
 * Finds responses that contain an exception's message, stack trace or traceback.
 *
 * ## Why
 * They reveal paths, versions, tables, queries and sometimes the data of other users. They also tell an attacker how
 * far an attempt got.
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
 * For your own errors whose messages are written for users: give those a class of their own, and send only them.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'error/leak',
  title: 'Error details sent to the client',
  severity: 'medium',
  cwe: [209],
  owasp: 'A10:2025 Mishandling of Exceptional Conditions',
  isHardening: true,
  sinks: ['leak'],
  sources: ['error'],
  message: 'The message or stack trace of an error is sent to the client',
  advice:
    'Return a general message with an error ID, and log the details under that ID. `bulwarkErrors` of bulwark/express does both.',
  pythonAdvice: {
    django:
      'Log the exception with `logger.exception`, and return a general message with an error ID. Keep `DEBUG` off in production.',
    flask: 'Log the exception with `app.logger.exception`, and return a general message with an error ID.',
    any: 'Log the exception with `logger.exception`, and return a general message with an error ID.',
  },
} satisfies FlowRule);
