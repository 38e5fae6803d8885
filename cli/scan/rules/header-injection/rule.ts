/**
 * Finds header and cookie names that come from a request, and header values that may contain line breaks if the server
 * does not refuse them.
 *
 * ## Why
 * A line break ends the header. What follows is another header, such as a cookie, or a response body that the client
 * takes for the server's. An untrusted name can set any header, or replace a user's session with one that the attacker
 * knows. Most current servers refuse line breaks in values and are not reported for them; Python's `http.server` and
 * responses written to a socket do not.
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
 * In a proxy that forwards headers unchanged, if its server refuses line breaks in them.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'header/injection',
  title: 'HTTP header injection',
  severity: 'medium',
  cwe: [113],
  owasp: 'A05:2025 Injection',
  sinks: ['header'],
  sources: ['remote'],
  message: 'Untrusted input names a header or cookie, or can add line breaks to one',
  advice:
    'Use constant header names, and encode values with `encodeURIComponent` or refuse line breaks in them.',
  pythonAdvice: 'Use constant header names, and refuse values that contain line breaks.',
} satisfies FlowRule);
