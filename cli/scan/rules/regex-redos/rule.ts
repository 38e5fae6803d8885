/**
 * Finds regular expressions that take very long on some texts, where untrusted input is matched against them. The
 * scanner analyses the expression as an automaton. It reports the expression only if two paths match the same text
 * (exponential time) or one repetition can take over from another at any point (polynomial time), and only if the
 * match can fail after that.
 *
 * ## Why
 * A backtracking engine tries every path. Some thirty characters keep a process busy for minutes, and a long body for
 * seconds: one request stops a server.
 *
 * ## Bad
 * ```python
 * import re
 *
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/names")
 * def names():
 *     return {"ok": bool(re.match(r"^(\w+\s?)*$", request.args["name"]))}
 * ```
 * ```typescript
 * /^([a-zA-Z0-9]+)*$/.test(req.query.name);
 * req.body.replace(/\s+$/, '');
 * ```
 *
 * ## Good
 * ```python
 * re.match(r"^\w+(?:\s\w+)*$", request.args["name"])
 * ```
 * ```typescript
 * /^[a-zA-Z0-9]*$/.test(req.query.name);
 * req.body.trimEnd();
 * ```
 *
 * ## When not to use it
 * Where the text is known to be short, polynomial expressions do no harm: check its length first, and that it is a string. A
 * list with one long text has the length 1, and the scanner does not tell the two apart. Engines without backtracking (RE2)
 * are not affected. An exponential expression that no untrusted input was seen to reach has low confidence. In a published
 * package, a parameter of an exported function counts as untrusted, with low severity.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'regex/redos',
  title: 'Regular expression denial of service (ReDoS)',
  severity: 'medium',
  cwe: [1333, 400],
  owasp: 'A06:2025 Insecure Design',
  advice: 'Rewrite the expression so that every text matches in one way only, or check `text.length` first.',
  pythonAdvice:
    'Rewrite the expression so that every text matches in one way only, or limit the length of the text first.',
  sinks: ['redos', 'quadratic'],
  // In a browser, a URL parameter slows down only the page of whoever opened it.
  sources: ['remote'],
  message: 'Untrusted input is matched against a regular expression that can take very long',
} satisfies FlowRule);
