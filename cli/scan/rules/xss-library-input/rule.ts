/**
 * Finds functions of a published package that put a string parameter into markup, and that markup into a page:
 * `innerHTML`, `insertAdjacentHTML`, `document.write`, jQuery, `dangerouslySetInnerHTML`.
 *
 * ## Why
 * Callers of `showToast(message)` do not know that the message is read as markup, and pass it the name of a user or of
 * a file unchanged. With `<img src=x onerror=...>` in it, that is cross-site scripting on every page that uses the
 * package.
 *
 * ## Bad
 * ```typescript
 * // package.json: { "name": "toasts", "main": "app.tsx" }
 * export function showToast(message: string) {
 *   const toast = document.createElement('div');
 *   toast.innerHTML = `<span class="toast">${message}</span>`;
 *   document.body.append(toast);
 * }
 * ```
 *
 * ## Good
 * ```typescript
 * export function showToast(message: string) {
 *   const toast = document.createElement('div');
 *   const text = document.createElement('span');
 *   text.className = 'toast';
 *   text.textContent = message;
 *   toast.append(text);
 *   document.body.append(toast);
 * }
 * ```
 *
 * ## When not to use it
 * A parameter whose name says that it is markup (`html`, `template`, `content`, `icon`) is not reported, nor is one
 * that is inserted into the page as it is. Packages that are private, or that no other package can import, are not
 * reported either.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/library-input',
  title: 'Cross-site scripting (XSS) through a library parameter',
  severity: 'medium',
  cwe: [79, 116],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['caller'],
  message: 'A string parameter of the package becomes markup in the page',
  advice:
    'Create elements and set `textContent`, or escape the value. If a parameter is meant to be markup, say so in its name.',
  isOwn: ({ from }) => !from.startsWith('jquery.'),
} satisfies FlowRule);
