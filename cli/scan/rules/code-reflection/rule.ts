/**
 * Finds functions, methods and modules that are looked up by a name of a request: `getattr(x, name)()`, `globals()[name]()`,
 * `import_module(name)`, `require(name)`, `object[name]()`.
 *
 * ## Why
 * Beside the functions that are meant, every object has others, and every module that is installed can be loaded. A prefix in
 * front of the name narrows it, and does not decide it.
 *
 * ## Bad
 * ```python
 * import importlib
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/report")
 * def report():
 *     return importlib.import_module(request.args["kind"]).render()
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/report', async (req, res) => {
 *   const { render } = await import(String(req.query.kind));
 *   res.json(render());
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, abort, request
 * import reports
 *
 * app = Flask(__name__)
 * REPORTS = {"sales": reports.sales, "stock": reports.stock}
 *
 * @app.get("/report")
 * def report():
 *     render = REPORTS.get(request.args["kind"])
 *     if render is None:
 *         abort(404)
 *     return render()
 * ```
 * ```typescript
 * import express from 'express';
 * import { sales, stock } from './reports.js';
 *
 * const app = express();
 * const reports = new Map([['sales', sales], ['stock', stock]]);
 * app.get('/report', (req, res) => {
 *   const render = reports.get(String(req.query.kind));
 *   if (render) res.json(render());
 *   else res.sendStatus(404);
 * });
 * ```
 *
 * ## When not to use it
 * Where plug-ins are loaded by name on purpose, and the name was compared with those that are installed.
 */
import type { Flow, FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'code/reflection',
  title: 'Name of others picks code',
  severity: 'high',
  cwe: [470],
  owasp: 'A05:2025 Injection',
  sinks: ['reflection'],
  sources: ['remote', 'browser'],
  message: 'Untrusted input chooses which code runs',
  advice: 'Look the name up in a Map or dict of what may be called, and refuse any other.',
  pythonAdvice:
    'Look the name up in a dict of the functions or classes that may be used, and refuse any other name.',
  isOwn: (flow) => !isBundled(flow),
} satisfies FlowRule);

/** What a page's address tells is not known to `require`: in a browser it finds only what a bundler put there. */
function isBundled({ source, sink }: Flow): boolean {
  return source === 'browser' && /^global\.require\b/.test(sink);
}
