/**
 * Finds plugins of jQuery that pass an option to `$()`, which makes elements of a text that begins with a tag.
 *
 * ## Why
 * Who uses the plugin passes a selector, perhaps one of the address of the page, as `$(location.hash)` once was. With
 * `<img src=x onerror=...>` in it the plugin runs code of others in the page.
 *
 * ## Bad
 * ```typescript
 * import $ from 'jquery';
 *
 * $.fn.follow = function (options) {
 *   const target = $(options.target);
 *   target.addClass('followed');
 *   return this;
 * };
 * ```
 *
 * ## Good
 * ```typescript
 * import $ from 'jquery';
 *
 * $.fn.follow = function (options) {
 *   const target = $(document).find(options.target);
 *   target.addClass('followed');
 *   return this;
 * };
 * ```
 *
 * ## When not to use it
 * An option whose name says that it is markup (`html`, `template`, `content`) is not reported.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/plugin-option',
  title: 'Option of a plugin that is read as markup',
  severity: 'medium',
  cwe: [79, 116],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['caller'],
  message: "A selector that the plugin's user passes is read as markup if it begins with a tag",
  advice: 'Look for it in the page: `$(document).find(option)`.',
  isOwn: ({ from }) => from.startsWith('jquery.'),
} satisfies FlowRule);
