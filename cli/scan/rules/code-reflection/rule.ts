/**
 * Finds functions, methods and modules that are looked up by a name from the request: `getattr(x, name)()`,
 * `globals()[name]()`, `import_module(name)`, `require(name)`, `object[name]()`.
 *
 * ## Why
 * Every object has more functions than the ones you mean, and every installed module can be loaded. A fixed prefix
 * narrows the choice but does not make it safe.
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
 * If plug-ins are loaded by name on purpose, and the name was compared with the list of installed ones.
 */
import type { Flow, FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'code/reflection',
  title: 'Unsafe reflection',
  severity: 'high',
  cwe: [470],
  owasp: 'A05:2025 Injection',
  sinks: ['reflection'],
  sources: ['remote', 'browser'],
  message: 'Untrusted input chooses which code runs',
  advice: 'Look the name up in a `Map` of the functions that may be called, and refuse any other name.',
  pythonAdvice:
    'Look the name up in a dict of the functions or classes that may be used, and refuse any other name.',
  isOwn: (flow) => !isBundled(flow),
} satisfies FlowRule);

/** In a browser, `require` finds only the modules that a bundler included, so untrusted input of the page loads nothing else. */
function isBundled({ source, sink }: Flow): boolean {
  return source === 'browser' && /^global\.require\b/.test(sink);
}
