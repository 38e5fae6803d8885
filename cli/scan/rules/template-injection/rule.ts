/**
 * Finds templates whose source, not just their values, comes from untrusted input, and requests whose whole query or
 * body is passed to a template engine as its options.
 *
 * ## Why
 * A template is a program. In Jinja, EJS, Pug and others, an expression can reach the server's objects, and from there
 * run any code. HTML escaping leaves `{{` and `<%` as they are.
 *
 * ## Bad
 * ```python
 * from flask import Flask, render_template_string, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/hello")
 * def hello():
 *     return render_template_string("<p>Hello " + request.args["name"] + "</p>")
 * ```
 * ```typescript
 * import ejs from 'ejs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/hello', (req, res) => {
 *   res.send(ejs.render(`<p>Hello ${req.query.name}</p>`));
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, render_template_string, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/hello")
 * def hello():
 *     return render_template_string("<p>Hello {{ name }}</p>", name=request.args["name"])
 * ```
 * ```typescript
 * import { html, render } from 'bulwark/html';
 * import ejs from 'ejs';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/hello', (req, res) => {
 *   res.send(render(html`<p>Hello ${String(req.query.name)}</p>`));
 * });
 * app.get('/bye', (req, res) => {
 *   res.send(ejs.render('<p>Bye <%= name %></p>', { name: req.query.name }));
 * });
 * ```
 *
 * ## When not to use it
 * Where users write templates on purpose. Use an engine without access to objects, such as Mustache or Liquid.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'template/injection',
  title: 'Server-side template injection',
  severity: 'critical',
  cwe: [1336],
  owasp: 'A05:2025 Injection',
  sinks: ['template'],
  sources: ['remote', 'browser'],
  message: "Untrusted input becomes part of a template's source",
  advice:
    'Keep the template constant, and pass untrusted input to it as a value: `render(template, { name })`.',
  pythonAdvice: 'Keep the template constant, and pass untrusted input to it as a value.',
} satisfies FlowRule);
