/**
 * Finds regular expressions that are built from untrusted input.
 *
 * ## Why
 * Special characters change what the search matches: `.*` matches everything. A crafted expression keeps the process
 * busy for hours, and in Node it blocks all other requests.
 *
 * ## Bad
 * ```python
 * import re
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/search")
 * def search():
 *     return {"hits": re.findall(request.args["q"], open("book.txt").read())}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/search', (req, res) => {
 *   res.json({ found: new RegExp(String(req.query.q), 'i').test(book) });
 * });
 * ```
 *
 * ## Good
 * ```python
 * import re
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/search")
 * def search():
 *     return {"hits": re.findall(re.escape(request.args["q"]), open("book.txt").read())}
 * ```
 * ```typescript
 * import escape from 'escape-string-regexp';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/search', (req, res) => {
 *   res.json({ found: new RegExp(escape(String(req.query.q)), 'i').test(book) });
 * });
 * ```
 *
 * ## When not to use it
 * Where users search by regular expression on purpose, in an engine without backtracking such as RE2.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'regex/injection',
  title: 'Regular expression injection',
  severity: 'medium',
  cwe: [730],
  owasp: 'A05:2025 Injection',
  sinks: ['regex'],
  // In a browser, a URL parameter slows down only the page of whoever opened it.
  sources: ['remote'],
  message: 'Untrusted input becomes part of a regular expression',
  advice:
    'Escape it with `RegExp.escape` or escape-string-regexp, or search for the text itself with `includes`.',
  pythonAdvice: 'Escape it with `re.escape`, or search for the text itself with `in`.',
} satisfies FlowRule);
