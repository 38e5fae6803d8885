import type { MisuseCode } from '../../refusal/codes.ts';
import {
  booleanAttributes,
  codeUrls,
  evaluatedAttribute,
  harmlessAttributes,
  harmlessLinkTypes,
  harmlessNamespaced,
  harmlessOn,
  imageElements,
  refusedAttributes,
  refusedUrlAttributes,
  strictElements,
  urlAttributes,
} from './attribute-table.ts';

/** What a hole in an attribute's value may be, or why there may be none. */
export type AttributeKind =
  | { readonly kind: 'plain' | 'class' | 'boolean' | 'url' | 'image-url' | 'srcset' }
  /** Only as a whole, and only with a value of one type. */
  | { readonly kind: 'style' | 'resource-url' | 'srcdoc'; readonly code: MisuseCode; readonly fix: string }
  | { readonly kind: 'refused'; readonly code: MisuseCode; readonly fix: string };

/**
 * Decides by the element's name and the attribute's, whatever the namespace: the strictest of what HTML, SVG and MathML
 * make of it, since a parser can be in another one than the template's author thought.
 *
 * @param beside the static values of the attributes beside this one, decoded, by name; for some that count by their
 *   presence, a NUL where the value is a hole
 */
export function attributeKind(
  element: string,
  name: string,
  beside: ReadonlyMap<string, string> = new Map(),
): AttributeKind {
  if (/^on[^:]*$/.test(name)) return refused('html/hole-in-event-handler', handlerFix(name));
  if (name === 'style') return { kind: 'style', code: 'html/hole-in-style', fix: styleFix };
  if (name === 'srcdoc') {
    return {
      kind: element === 'iframe' ? 'srcdoc' : 'refused',
      code: 'html/unsupported-attribute',
      fix: srcdocFix,
    };
  }
  if (name === 'class') return { kind: 'class' };
  if (evaluatedAttribute.test(name)) return refused('html/hole-in-script', evaluatedFix);
  if (element === 'script' && name === 'data-main') return refused('html/resource-url', mainFix);
  if (name.startsWith('data-') || name.startsWith('aria-')) return { kind: 'plain' };
  if (element === 'meta' && name === 'content') return metaContent(beside);
  if (element === 'link' && name === 'href' && leadsOn(beside.get('rel'))) {
    return { kind: /icon/i.test(beside.get('rel') ?? '') ? 'image-url' : 'url' };
  }
  if (codeUrls.get(element) === name) {
    return { kind: 'resource-url', code: 'html/resource-url', fix: resourceFix(name) };
  }
  if (isSrcset(element, name, beside)) return { kind: 'srcset' };
  if (strictElements.has(element) && !harmlessAttributes.has(name) && !harmlessOn.get(element)?.has(name)) {
    return refused(
      urlAttributes.has(name) || refusedUrlAttributes.has(name)
        ? 'html/resource-url'
        : 'html/unsupported-attribute',
      strictFix(element, name),
    );
  }
  if (refusedUrlAttributes.has(name)) return refused('html/unsupported-attribute', urlListFix(name));
  if (refusedAttributes.has(name) || (name.includes(':') && !harmlessNamespaced.has(name))) {
    return refused('html/unsupported-attribute', strictFix(element, name));
  }
  if (booleanAttributes.has(name)) return { kind: 'boolean' };
  if (!urlAttributes.has(name)) return { kind: 'plain' };
  return { kind: imageElements.has(element) && name !== 'formaction' ? 'image-url' : 'url' };
}

/** `content` is text, unless `http-equiv` makes it a command such as a redirect. */
function metaContent(beside: ReadonlyMap<string, string>): AttributeKind {
  const name = beside.get('name') || beside.get('property') || beside.get('itemprop');
  if (name && !beside.has('http-equiv') && name.trim().toLowerCase() !== 'referrer') return { kind: 'plain' };
  return refused('html/unsupported-attribute', metaFix);
}

function isSrcset(element: string, name: string, beside: ReadonlyMap<string, string>): boolean {
  if (name === 'srcset') return element === 'img' || element === 'source';
  // Beside another type of link, or another kind of resource, it means nothing.
  const preload = /^[\t\n\f\r ]*preload[\t\n\f\r ]*$/i.test(beside.get('rel') ?? '');
  return name === 'imagesrcset' && element === 'link' && preload && /^image$/i.test(beside.get('as') ?? '');
}

/** True where all that a `<link>` does is to name another page, or to show an icon. */
function leadsOn(rel: string | undefined): boolean {
  const types = rel?.toLowerCase().match(/[^\t\n\f\r ]+/g);
  return types?.every((type) => harmlessLinkTypes.has(type)) ?? false;
}

function refused(code: MisuseCode, fix: string): AttributeKind {
  return { kind: 'refused', code, fix };
}

function handlerFix(name: string): string {
  return (
    `Put the value into data-value="\${...}", and add the listener from a script: ` +
    `element.addEventListener('${name.slice(2)}', () => element.dataset.value).`
  );
}

function strictFix(element: string, name: string): string {
  if (element === 'meta' && name === 'name') return metaNameFix;
  return (
    `Write ${name} of <${element}> as static text. For a choice of values, write one template for each; ` +
    'what a script needs can go into a data-* attribute.'
  );
}

function urlListFix(name: string): string {
  return `Write ${name} as static text.`;
}

function resourceFix(name: string): string {
  return (
    `Give the whole attribute one TrustedResourceUrl: ${name}="\${resourceUrl\`/assets/\${file}\`}". For one of a few, ` +
    'choose between such literals.'
  );
}

const styleFix =
  `Give the whole attribute one record: style="\${{ width: '40%', color }}". For more than that, choose between ` +
  'classes of a static style sheet.';
const srcdocFix = `Give the whole srcdoc of an <iframe> one SafeHtml: srcdoc="\${html\`...\`}".`;
const mainFix = 'RequireJS loads the script that data-main names: write it as static text.';
const metaNameFix =
  'Write name of <meta> as static text, one template for each: it says what the content does, such as which referrer ' +
  'is sent.';
const evaluatedFix = `A client-side framework runs this attribute as code, or writes it as markup. Put the value into data-value="\${...}" and read it from there.`;
const metaFix =
  'A hole in content needs a static name, or a property, beside it, other than referrer, and no http-equiv. ' +
  'Redirect with a response header.';
