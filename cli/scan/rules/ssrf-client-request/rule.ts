/**
 * Finds pages that request an address which the address bar, or another page, chooses.
 *
 * ## Why
 * Who sends a link with `?api=https://evil.test` answers in the server's place: what the page shows and runs then is theirs. With
 * an address of the site itself the page sends a request of theirs, with the cookies and tokens of whoever opens the link.
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
 * In tools that exist to request what their user types in, such as a viewer of API descriptions.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'ssrf/client-request',
  title: 'Address of others requested by a page',
  severity: 'medium',
  cwe: [918],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['ssrf'],
  sources: ['browser'],
  message: 'Untrusted input chooses the address of a request by the page',
  advice: 'Write the host and the beginning of the path out, and encode what is put behind.',
} satisfies FlowRule);
