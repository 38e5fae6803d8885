/**
 * Finds data of a request in an HTML response that was put together by hand, or that was marked as safe markup, and in the
 * markup of mails.
 *
 * ## Why
 * A link, or a form on another page, makes a visitor send the request. The script in it then runs in your page, with the
 * visitor's session. Escaping by hand goes wrong in attributes, scripts and links, which each need another way.
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
 * For a response that no browser reads as a page. Say so by its content type and `X-Content-Type-Options: nosniff`, and the
 * scanner sees it too.
 */
import { isPageOwn, isTemplateOutput } from '../../rule/flow-place.ts';
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/reflected',
  title: 'Request data in markup',
  severity: 'high',
  cwe: [79],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['remote'],
  message: 'Untrusted input is written into a page as markup',
  advice:
    'Let a template that escapes write the page. In TypeScript, the `html` tag of bulwark/html escapes each value for its place.',
  pythonAdvice: {
    django: 'Render a template, which escapes values, or build markup with `django.utils.html.format_html`.',
    flask: 'Render a template, which escapes values, or wrap the value in `markupsafe.escape`.',
    any: 'Render a template with autoescaping, or escape the value with `html.escape`.',
  },
  isOwn: (flow) => !isTemplateOutput(flow) && !isPageOwn(flow),
} satisfies FlowRule);
