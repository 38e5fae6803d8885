/**
 * Finds untrusted data that a page's own code inserts into the page as markup, or as a link that can be `javascript:`.
 * Sources are the address bar, `postMessage`, the referrer, `window.name`, server responses, and text that is read
 * from the page itself. Sinks are `innerHTML`, `document.write`, jQuery's `html()`, `dangerouslySetInnerHTML`,
 * `location.href` and the like.
 *
 * ## Why
 * A link to the page is enough: what follows its `#` or `?` runs as a script in the page, with the visitor's session.
 * The server never sees the part after `#`, so no filter there helps.
 *
 * ## Bad
 * ```typescript
 * const hits = document.getElementById('hits');
 * if (hits) hits.innerHTML = `Results for ${decodeURIComponent(location.hash.slice(1))}`;
 * ```
 *
 * ## Good
 * ```typescript
 * import { setHtml, setText } from 'bulwark/dom';
 *
 * const hits = document.getElementById('hits');
 * if (hits) setText(hits, `Results for ${decodeURIComponent(location.hash.slice(1))}`);
 * addEventListener('message', ({ data, origin }) => {
 *   if (hits && origin === 'https://help.example.com') setHtml(hits, data); // markup is sanitised
 * });
 * ```
 * ```typescript
 * const hits = document.getElementById('hits');
 * if (hits) hits.textContent = `Results for ${decodeURIComponent(location.hash.slice(1))}`; // the browser's own means
 * ```
 *
 * ## When not to use it
 * For markup that your own server has sanitised. Sanitising it again in the page costs little.
 */
import { isPageOwn } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/dom',
  title: 'DOM-based cross-site scripting (XSS)',
  severity: 'high',
  cwe: [79],
  owasp: 'A05:2025 Injection',
  sinks: ['xss', 'link'],
  sources: ['browser', 'page', 'remote', 'stored'],
  message: 'Untrusted data becomes markup or code in the page',
  advice:
    'Set it as `textContent`, or use `setHtml`, `setHref` and `setText` of bulwark/dom, which accept any value.',
  isOwn: isPageOwn,
} satisfies FlowRule);
