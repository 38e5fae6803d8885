/**
 * Finds untrusted input in `eval`, `exec`, `compile`, `new Function`, `vm` and in `setTimeout` with a string.
 *
 * ## Why
 * Injected code can do whatever the process can. Removing words or built-ins does not make it safe, and `node:vm` is
 * not a sandbox, as its own documentation says.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/sum")
 * def total():
 *     return {"sum": eval(request.args["sum"])}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/sum', (req, res) => {
 *   res.json({ sum: eval(String(req.query.sum)) });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/sum")
 * def total():
 *     return {"sum": sum(float(part) for part in request.args["sum"].split("+"))}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/sum', (req, res) => {
 *   const parts = String(req.query.sum).split('+').map(Number);
 *   res.json({ sum: parts.reduce((sum, part) => sum + part, 0) });
 * });
 * ```
 *
 * ## When not to use it
 * In a notebook or a playground, where running code is the purpose. Run it in a virtual machine or container of its
 * own.
 */
import { isWhereClause } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'code/injection',
  title: 'Code injection',
  severity: 'critical',
  cwe: [94, 95],
  owasp: 'A05:2025 Injection',
  sinks: ['code'],
  sources: ['remote', 'browser'],
  message: 'Untrusted input is executed as code',
  advice: 'Parse the data instead: `JSON.parse` for values, a `Map` of functions for choices.',
  pythonAdvice:
    'Parse the data instead: `json.loads` or `ast.literal_eval` for values, a dict of functions for choices.',
  isOwn: (flow) => !isWhereClause(flow),
} satisfies FlowRule);
