/**
 * Finds pages that request a URL which the address bar, or another page, chooses.
 *
 * ## Why
 * An attacker sends a link with `?api=https://evil.test` and answers in the server's place: they control what the page
 * shows and runs. With a URL of the site itself, the page sends a request of the attacker's choice, with the cookies
 * and tokens of the person who opens the link.
 *
 * ## Bad
 * ```typescript
 * const api = new URLSearchParams(location.search).get('api');
 * fetch(api).then((answer) => answer.json());
 * ```
 *
 * ## Good
 * ```typescript
 * const page = new URLSearchParams(location.search).get('page');
 * fetch(`/api/items?page=${encodeURIComponent(page ?? '1')}`).then((answer) => answer.json());
 * ```
 *
 * ## When not to use it
 * In tools that exist to request what their user types in, such as an API viewer.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'ssrf/client-request',
  title: 'Client-side request forgery',
  severity: 'medium',
  cwe: [918],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['ssrf'],
  sources: ['browser'],
  message: 'Untrusted input chooses the URL of a request from the page',
  advice: 'Hard-code the host and the start of the path, and encode the rest with `encodeURIComponent`.',
} satisfies FlowRule);
