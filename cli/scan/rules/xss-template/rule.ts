/**
 * Finds untrusted data that is passed to a template and written without escaping: `|safe` and `autoescape off` in
 * Jinja and Django, `<%- %>` in EJS, `{{{ }}}` in Handlebars, `!=` and `!{}` in Pug, `v-html` in Vue, `{@html}` in
 * Svelte. In Jinja and Django templates it also finds untrusted input that is the whole URL of a link, a form or a
 * frame (`href="{{ link }}"`): escaping does not stop `javascript:`.
 *
 * ## Why
 * Raw output is markup, and may contain a script. It then runs in the page of whoever views it, with all of that
 * person's rights.
 *
 * ## Bad
 * ```python
 * # page.html: <h1>{{ name|safe }}</h1>
 * from flask import Flask, render_template, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/")
 * def page():
 *     return render_template("page.html", name=request.args["name"])
 * ```
 * ```typescript
 * // page.ejs: <h1><%- name %></h1>
 * import express from 'express';
 *
 * const app = express();
 * app.get('/', (req, res) => {
 *   res.render('page.ejs', { name: req.query.name });
 * });
 * ```
 *
 * ## Good
 * ```python
 * # page.html: <h1>{{ name }}</h1>
 * from flask import Flask, render_template, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/")
 * def page():
 *     return render_template("page.html", name=request.args["name"])
 * ```
 * ```typescript
 * // page.ejs: <h1><%= name %></h1>, and <article><%- review %></article> for markup that people write
 * import { render, sanitize } from 'bulwark/html';
 *
 * app.get('/', async (req, res) => {
 *   const review = await reviewOf(req.params.id);
 *   res.render('page.ejs', { name: req.query.name, review: render(sanitize(review, 'comment')) });
 * });
 * ```
 *
 * ## When not to use it
 * For markup that only the developers write. Sanitise markup from a database all the same.
 */
import { isTemplateOutput } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/template',
  title: 'Unescaped template output',
  severity: 'high',
  cwe: [79],
  owasp: 'A05:2025 Injection',
  sinks: ['xss', 'link'],
  sources: ['remote', 'browser', 'stored'],
  message: 'A template writes untrusted data as markup',
  advice:
    'Let the template escape the value. To keep markup, clean it first with `sanitize` of bulwark/html.',
  pythonAdvice: {
    django:
      'Remove `safe` or `mark_safe`, so that the template escapes the value. To keep markup, clean it first with nh3.',
    any: 'Remove `safe` or `Markup`, so that the template escapes the value. To keep markup, clean it first with nh3.',
  },
  // Whether a record's field accepts any text is unknown here. Most hold URLs that were validated.
  isOwn: (flow) => isTemplateOutput(flow) && (flow.kind !== 'link' || flow.source === 'remote'),
  words: ({ kind }) =>
    kind === 'link'
      ? {
          message: 'Untrusted data becomes the URL of a link, which may be a `javascript:` URL',
          advice:
            'Escaping does not stop `javascript:`. Before you render the page, check that the URL begins with `https://`, or that it is a path of your own.',
        }
      : undefined,
} satisfies FlowRule);
