/**
 * Finds functions of a package for others to install that put a text which they are given into markup of their own, and this into
 * a page: `innerHTML`, `insertAdjacentHTML`, `document.write`, jQuery, `dangerouslySetInnerHTML`.
 *
 * ## Why
 * Who calls `showToast(message)` does not know that the message is read as markup, and passes the name of a user or of a file as it
 * came. With `<img src=x onerror=...>` in it that is cross-site scripting in each page that uses the package.
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
 * A parameter whose name says that it is markup (`html`, `template`, `content`, `icon`) is not reported, nor one that is put into
 * the page as it is, nor a package that says that it is private, or that no other can import.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/library-input',
  title: "Parameter of a library's function in markup",
  severity: 'medium',
  cwe: [79, 116],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['caller'],
  message: 'A text parameter of the package becomes markup in the page',
  advice:
    'Make elements and set `textContent`, or escape what is passed; say in the name of a parameter that it is markup.',
  isOwn: ({ from }) => !from.startsWith('jquery.'),
} satisfies FlowRule);
