/**
 * Finds redirects whose target comes from untrusted input. A value after a constant path, a target from a list and a
 * host that was checked are not reported.
 *
 * ## Why
 * A link to your site then leads to another one, which looks like yours and asks for the password. Tokens in the URL
 * are sent along. `//evil.example` and `/\evil.example` begin with a slash, but lead to another host.
 *
 * ## Bad
 * ```python
 * from flask import Flask, redirect, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/login")
 * def login():
 *     return redirect(request.args["next"])
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/login', (req, res) => {
 *   res.redirect(String(req.query.next));
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, redirect, request
 *
 * app = Flask(__name__)
 * PAGES = {"cart": "/cart", "orders": "/orders"}
 *
 * @app.get("/login")
 * def login():
 *     return redirect(PAGES.get(request.args["next"], "/"))
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/login', (req, res) => {
 *   const target = new URL(String(req.query.next), 'https://shop.example.com');
 *   res.redirect(target.origin === 'https://shop.example.com' ? target.href : '/');
 * });
 * ```
 *
 * ## When not to use it
 * In a link shortener, which redirects anywhere on purpose. Show the target first.
 */
import { isSystemOpening } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'redirect/open',
  title: 'Open redirect',
  severity: 'medium',
  cwe: [601],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['redirect', 'link'],
  sources: ['remote', 'browser'],
  message: 'Untrusted input chooses the target of a redirect',
  advice:
    'Parse the target with `new URL(target, base)` and compare its origin with your own, or redirect to a path of your own. Checking that it begins with `/` is not enough.',
  pythonAdvice: {
    django:
      'Check the target with `url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})`.',
    any: 'Redirect to a path of your own, or compare the host of `urlsplit(url)` with an allow-list. Checking that the URL begins with `/` is not enough.',
  },
  isOwn: (flow) => flow.kind === 'redirect' || isSystemOpening(flow),
} satisfies FlowRule);
