/**
 * Finds regular expressions that take very long on some texts, where data of others is matched by them. The expression
 * is analysed as an automaton: it is reported only if two ways lead through it for the same text (exponential), or one
 * repetition can take over from another anywhere in it (polynomial), and the match can fail behind that.
 *
 * ## Why
 * A matcher that backtracks tries all ways. Some thirty characters then keep a process busy for minutes, or a long body
 * for seconds: one request stops a server.
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
 * Where the text is known to be short, polynomial expressions do no harm: check its length before. Engines that do not
 * backtrack (RE2) are never slow in this way. An exponential expression that no data of others was seen to reach is a
 * hint of low confidence.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'regex/redos',
  title: 'Slow regular expression',
  severity: 'medium',
  cwe: [1333, 400],
  owasp: 'A06:2025 Insecure Design',
  advice:
    'Write the expression so that each text fits in one way only, or check the length of the text before.',
  pythonAdvice:
    'Rewrite the expression so that every text matches in one way only, or limit the length of the text first.',
  sinks: ['redos'],
  // What an address does in a page costs nobody but who opened it.
  sources: ['remote'],
  message: 'Untrusted input is matched against a regular expression that can take very long',
} satisfies FlowRule);
