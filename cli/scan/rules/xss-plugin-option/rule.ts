/**
 * Finds jQuery plugins that pass an option to `$()`, which creates elements from a string that begins with a tag.
 *
 * ## Why
 * The plugin's user passes a selector, perhaps from the URL of the page, as in `$(location.hash)`. With
 * `<img src=x onerror=...>` in it, the plugin runs an attacker's code in the page.
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
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/plugin-option',
  title: 'Cross-site scripting (XSS) through a jQuery plugin option',
  severity: 'low',
  cwe: [79, 116],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['caller'],
  message: 'A selector option of the plugin is read as markup if it begins with a tag',
  advice: 'Use `$(document).find(option)`, which never creates elements.',
  isOwn: ({ from }) => from.startsWith('jquery.'),
} satisfies FlowRule);
