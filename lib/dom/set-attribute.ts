import { DomMisuse } from './dom-error.ts';
import { localName, putAttribute, removeAttribute } from './native.ts';
import { setUrl, takesUrl } from './set-url.ts';
import { textOf } from './text-of.ts';

/** Handlers, attributes that frameworks evaluate, and those that change how an element is parsed. Based on lib/html/attribute-table.ts. */
const refused =
  /^(?:on.*|v-.*|x-.*|ng-.*|(?:data-)?(?:ng|hx)-.*|data-bind|data-on-.*|style|srcdoc|srcset|imagesrcset|action|allow|archive|attributename|attributionsrc|background|begin|by|cite|classid|code|codebase|credentialless|csp|data|dynsrc|end|event|formaction|from|href|http-equiv|icon|integrity|is|language|longdesc|lowsrc|manifest|nonce|ping|poster|profile|sandbox|shadowroot.*|src|to|usemap|values|xmlns)$/;

/** Elements that load or run something, or change how the page works. */
const strict =
  /^(?:animate.*|applet|base|discard|embed|feimage|fencedframe|frame|frameset|iframe|link|meta|mpath|object|param|portal|script|set|style|template|use)$/;
const harmless = /^(?:aria-.*|data-.*|class|dir|height|hidden|id|lang|loading|tabindex|title|width)$/;

/** Letters, digits and hyphens. A colon or an `@` belongs to a namespace or a framework. */
const plainName = /^[a-z][a-z0-9-]*$/;

/**
 * Sets an attribute whose value is plain text; null removes it. URL attributes are handled by `setUrl`.
 *
 * @returns false if a URL was replaced
 * @throws DomMisuse `dom/unsafe-attribute` for `on*`, `style`, `srcdoc`, `srcset`, URLs that load code, attributes that
 *   frameworks evaluate, and all but harmless attributes on elements that load or run something
 *
 * @example
 * ```ts
 * import { setAttribute } from 'bulwark/dom';
 *
 * const button = document.createElement('button');
 * setAttribute(button, 'title', '"><img src=x onerror=alert(1)>'); // shown as text
 * ```
 */
export function setAttribute(element: Element, name: string, value: string | number | null): boolean {
  const tag = localName(element);
  const lower = name.toLowerCase();
  if (takesUrl(tag, lower) && value !== null) return setUrl(element, lower, String(textOf(value, lower)));
  const allowed =
    plainName.test(lower) &&
    !refused.test(lower) &&
    (!strict.test(tag.toLowerCase()) || harmless.test(lower));
  if (!allowed && !(takesUrl(tag, lower) && value === null))
    throw new DomMisuse('dom/unsafe-attribute', `The element is <${tag}>.`);
  if (value === null) removeAttribute(element, name);
  else putAttribute(element, name, textOf(value, lower));
  return true;
}
