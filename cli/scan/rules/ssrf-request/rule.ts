/**
 * Finds requests of the server whose URL, or its host, is data of a request, or was stored by others before, such as the address of
 * a hook (of medium confidence). A constant host with a value behind its first slash, and hosts from a list, are not reported.
 *
 * ## Why
 * The server stands inside your network: it reaches databases, consoles and the cloud's metadata, which hands out keys. A
 * check of the host's name is not enough, since a name resolves to any address, and to another one a second later, and a
 * redirect leads on.
 *
 * ## Bad
 * ```python
 * import requests
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/preview")
 * def preview():
 *     return {"size": len(requests.get(request.args["url"], timeout=5).content)}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.get('/preview', async (req, res) => {
 *   const answer = await fetch(String(req.query.url));
 *   res.json({ status: answer.status });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from urllib.parse import urlsplit
 *
 * import requests
 * from flask import Flask, abort, request
 *
 * app = Flask(__name__)
 * HOSTS = {"api.example.com", "images.example.com"}
 *
 * @app.get("/preview")
 * def preview():
 *     url = request.args["url"]
 *     parts = urlsplit(url)
 *     if parts.scheme != "https" or parts.hostname not in HOSTS:
 *         abort(400)
 *     return {"size": len(requests.get(url, timeout=5, allow_redirects=False).content)}
 * ```
 * ```typescript
 * import { createFetch } from 'bulwark/fetch';
 * import express from 'express';
 *
 * const app = express();
 * const guarded = createFetch({ hosts: 'public' }); // no private address, whatever the name resolves to
 * app.get('/preview', async (req, res) => {
 *   const answer = await guarded(String(req.query.url));
 *   res.json({ status: answer.status });
 * });
 * ```
 *
 * ## When not to use it
 * In a program that runs for one person on their own machine. Where any public host is meant and the code is Python, let it
 * go out through bulwark's gateway, and suppress the finding with that as its reason.
 */
import type { FlowRule } from '../../rule/rule.ts';

/** What HTTP clients give of an answer. */
const answers = /^(?:web\.Answer|axios|got|ky|request)\b/;

export const rule: FlowRule = Object.freeze({
  id: 'ssrf/request',
  title: 'Server requests a URL of others',
  severity: 'high',
  cwe: [918],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['ssrf'],
  sources: ['remote', 'stored'],
  message: 'The server requests a URL whose host others can choose',
  // Where an answer leads on to, the server says that was asked: who chooses that server is found there.
  isOwn: ({ source, from }) => source !== 'stored' || !answers.test(from),
  advice:
    'Keep the host constant or take it from a list. In TypeScript, `createFetch` of bulwark/fetch checks the address that is dialled, and each redirect.',
} satisfies FlowRule);
