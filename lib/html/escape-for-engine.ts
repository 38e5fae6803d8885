import { escapeHtml } from './values/escape.ts';

/**
 * The escaper for a template engine: EJS (`escape`), Eta (`escapeFunction`), Handlebars (`Utils.escapeExpression`) and
 * Nunjucks (a filter, or `lib.escape`). It makes a value safe in **element text and in quoted attributes that are
 * neither a URL, a style, nor a handler**, and nowhere else: an engine that does not read HTML cannot tell a `title` from
 * an `href`, where `javascript:` needs no escape. The `html` tag can.
 *
 * Nothing for null and undefined. An object that says `toHTML`, as Handlebars' SafeString does, is no exception: mark
 * trusted markup as the engine has it, `{{{ }}}` or `<%- %>`.
 *
 * @example
 * ```ts
 * import { escape } from 'bulwark/html';
 *
 * escape('<b title="x">'); // '&lt;b title=&quot;x&quot;&gt;'
 * ```
 */
function escapeForEngine(value: unknown): string {
  if (value === null || value === undefined) return '';
  return escapeHtml(String(value));
}

export { escapeForEngine as escape };
