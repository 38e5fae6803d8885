/**
 * Finds untrusted input in HTML that was built by hand or marked as safe, in responses and in emails.
 *
 * ## Why
 * A link, or a form on another page, makes a visitor send the request. The script in it then runs in your page, with
 * the visitor's session. Escaping by hand goes wrong in attributes, scripts and links, each of which needs different
 * escaping.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/search")
 * def search():
 *     return f"<h1>Results for {request.args.get('q')}</h1>"
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/search', (req, res) => {
 *   res.send(`<h1>Results for ${req.query.q}</h1>`);
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from markupsafe import escape
 *
 * app = Flask(__name__)
 *
 * @app.get("/search")
 * def search():
 *     return f"<h1>Results for {escape(request.args.get('q'))}</h1>"
 * ```
 * ```typescript
 * import { html, render } from 'bulwark/html';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/search', (req, res) => {
 *   res.send(render(html`<h1>Results for ${String(req.query.q)}</h1>`));
 * });
 * app.get('/search.json', (req, res) => {
 *   res.json({ q: req.query.q }); // JSON is no markup
 * });
 * ```
 *
 * ## When not to use it
 * For a response that no browser renders as a page. Say so with its content type and
 * `X-Content-Type-Options: nosniff`, and the scanner sees it too.
 */
import { isPageOwn, isTemplateOutput } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/reflected',
  title: 'Reflected cross-site scripting (XSS)',
  severity: 'high',
  cwe: [79],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['remote'],
  message: 'Untrusted input is written into a page as markup',
  advice:
    'Render a template that escapes, or use the `html` tag of bulwark/html, which escapes each value for its context.',
  pythonAdvice: {
    django: 'Render a template, which escapes values, or build markup with `django.utils.html.format_html`.',
    flask: 'Render a template, which escapes values, or wrap the value in `markupsafe.escape`.',
    any: 'Render a template with autoescaping, or escape the value with `html.escape`.',
  },
  isOwn: (flow) => !isTemplateOutput(flow) && !isPageOwn(flow),
} satisfies FlowRule);
