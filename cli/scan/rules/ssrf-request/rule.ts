/**
 * Finds server-side requests whose URL or host comes from untrusted input: from a request, or from a value that users stored
 * earlier, such as a webhook's address (medium confidence). A constant host with an untrusted path, and a host from an allow-list,
 * are not reported.
 *
 * ## Why
 * The server sits inside your network. It can reach databases, admin consoles and the cloud metadata service, which hands out
 * credentials.
 *
 * Resolving the host and checking its address before the request is not enough. The client resolves the name again, so an attacker's
 * DNS server can answer with a public address first and a private one next (DNS rebinding). A redirect leads to a host that
 * nobody checked. Code with such a check is reported with medium confidence, unless the checked address is the one that is dialled
 * and redirects are off.
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
 * In a program that one person runs on their own machine. A Python service that may request any public host should send its traffic
 * through `bulwark-gateway`; then suppress the finding and give the gateway as the reason.
 */

import { type ByHost, byHost } from '../../languages/by-host.ts';
import type { FlowRule } from '../kit/rule.ts';

const gateway =
  'send the request through bulwark-gateway (`proxies=` of requests, `proxy=` of httpx and aiohttp): it checks the address that it dials, for every redirect too.';

const checkedAdvice: ByHost<string> = {
  javascript:
    'Use `createFetch` of bulwark/fetch, or send the request through bulwark-gateway: both check the address that they dial.',
  python: `Instead, ${gateway}`,
};

/** Responses of HTTP clients. */
const answers = /^(?:web\.Answer|axios|got|ky|request)\b/;

export const rule: FlowRule = Object.freeze({
  id: 'ssrf/request',
  title: 'Server-side request forgery (SSRF)',
  severity: 'high',
  cwe: [918],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['ssrf'],
  sources: ['remote', 'stored'],
  message: 'Untrusted input chooses the host of a server-side request',
  // A page's request is sent by its visitor. The server that was asked chooses the host in its response, and the flow that
  // chooses that server is reported itself.
  isOwn: ({ source, from, isInBrowser }) => !isInBrowser && (source !== 'stored' || !answers.test(from)),
  advice:
    'Use a constant host, or take it from an allow-list. For any public host, use `createFetch` of bulwark/fetch: it checks the address that it dials, and every redirect.',
  pythonAdvice: `Use a constant host, or compare it with an allow-list and pass \`allow_redirects=False\`. For any public host, ${gateway}`,
  words: ({ isAddressChecked, language }) =>
    isAddressChecked
      ? {
          message:
            'The address is checked before the request, but the host is resolved again for it, or a redirect is followed',
          advice: `Checking first does not stop DNS rebinding or redirects. ${byHost(language, checkedAdvice) ?? ''}`,
        }
      : undefined,
} satisfies FlowRule);
