/**
 * Finds names of headers and of cookies that come from a request, and values with possible line breaks where the server does not refuse
 * them.
 *
 * ## Why
 * A line break ends the header. What follows is another header, such as a cookie, or the body of a response that the client
 * takes for the server's. A name of others sets any header there is, or puts a session that the
 * attacker knows in the place of somebody's own. Most servers of today refuse line breaks in values, and
 * are not reported for them; `http.server` of Python and responses written to a socket do not.
 *
 * ## Bad
 * ```python
 * from http.server import BaseHTTPRequestHandler
 * from urllib.parse import parse_qs, urlsplit
 *
 * class Handler(BaseHTTPRequestHandler):
 *     def do_GET(self):
 *         query = parse_qs(urlsplit(self.path).query)
 *         self.send_response(302)
 *         self.send_header("X-Language", query["language"][0])
 *         self.end_headers()
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/', (req, res) => {
 *   res.setHeader(String(req.query.name), 'on');
 *   res.end();
 * });
 * ```
 *
 * ## Good
 * ```python
 * from http.server import BaseHTTPRequestHandler
 * from urllib.parse import parse_qs, quote, urlsplit
 *
 * class Handler(BaseHTTPRequestHandler):
 *     def do_GET(self):
 *         query = parse_qs(urlsplit(self.path).query)
 *         self.send_response(302)
 *         self.send_header("X-Language", quote(query["language"][0]))
 *         self.end_headers()
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/', (req, res) => {
 *   res.setHeader('X-Feature', encodeURIComponent(String(req.query.name)));
 *   res.end();
 * });
 * ```
 *
 * ## When not to use it
 * In a proxy that hands headers on as they came, by a server that refuses line breaks in them.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'header/injection',
  title: 'Data of others in a header',
  severity: 'medium',
  cwe: [113],
  owasp: 'A05:2025 Injection',
  sinks: ['header'],
  sources: ['remote'],
  message: 'Untrusted input names a header or cookie, or can add line breaks to one',
  advice: 'Keep header names constant, and encode values or refuse those with line breaks.',
  pythonAdvice: 'Use constant header names, and refuse values that contain line breaks.',
} satisfies FlowRule);
