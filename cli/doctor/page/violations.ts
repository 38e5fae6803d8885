import { loadsOf, resolved } from './loads.ts';
import type { Part } from './page-parts.ts';
import { allowsInline, allowsUrl, has, type Policy, sourcesFor } from './policy.ts';

/** Something on a page that a browser would block. */
export interface Violation {
  /** Such as `<script> in line 12`. */
  readonly what: string;
  readonly directive: string;
  readonly fix: string;
}

/** Script types that are data (HTML, 4.12.1). */
const runs =
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:java|ecma|j|x-java|x-ecma)script)$/i;

/** Finds the markup that a policy blocks. What scripts and style sheets load isn't known here. */
export function violationsOf(parts: readonly Part[], policy: Policy, page: URL): Violation[] {
  const base = baseOf(parts, page);
  return parts.flatMap((part) => [
    ...(part.tag === 'script' ? scriptViolations(part, policy, base, page) : []),
    ...(part.tag === 'style' || isSheet(part) ? styleViolations(part, policy, base, page) : []),
    ...attributeViolations(part, policy),
    ...loadViolations(part, policy, base, page),
  ]);
}

function baseOf(parts: readonly Part[], page: URL): URL {
  const href = parts
    .find(({ tag, attributes }) => tag === 'base' && attributes.has('href'))
    ?.attributes.get('href');
  return (href === undefined ? undefined : resolved(href, page)) ?? page;
}

const withNonce =
  'give the element the nonce of this response: nonce="<%= nonce %>", which is res.locals.nonce';

function scriptViolations(part: Part, policy: Policy, base: URL, page: URL): Violation[] {
  const { attributes, text } = part;
  const type = (attributes.get('type') ?? '').trim().split(';')[0]?.trim() ?? '';
  if (!runs.test(type)) return [];
  const found = sourcesFor(policy, 'script-src-elem');
  if (found === undefined) return [];
  const { name, sources } = found;
  const nonce = attributes.get('nonce');
  const src = attributes.get('src');
  const refused = (fix: string): Violation[] => [{ what: shown(part, src), directive: name, fix }];
  if (src === undefined) {
    // There is nothing to run in an empty script.
    if (text.trim() === '' || allowsInline(sources, { nonce, text, isAttribute: false })) return [];
    return refused(withNonce);
  }
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return [];
  const integrity = (attributes.get('integrity') ?? '').trim();
  if (integrity !== '' && integrity.split(/\s+/).every((hash) => sources.includes(`'${hash}'`))) return [];
  if (has(sources, "'strict-dynamic'")) return refused(withNonce);
  const url = resolved(src, base);
  return url === undefined || allowsUrl(sources, url, page) ? [] : refused(withNonce);
}

function isSheet({ tag, attributes }: Part): boolean {
  return (
    tag === 'link' &&
    /(?:^|\s)stylesheet(?:\s|$)/i.test(attributes.get('rel') ?? '') &&
    attributes.has('href')
  );
}

function styleViolations(part: Part, policy: Policy, base: URL, page: URL): Violation[] {
  const found = sourcesFor(policy, 'style-src-elem');
  if (found === undefined) return [];
  const { name, sources } = found;
  const nonce = part.attributes.get('nonce');
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return [];
  const href = part.tag === 'link' ? part.attributes.get('href') : undefined;
  if (href === undefined) {
    if (part.text.trim() === '' || allowsInline(sources, { nonce, text: part.text, isAttribute: false }))
      return [];
    return [{ what: shown(part), directive: name, fix: withNonce }];
  }
  const url = resolved(href, base);
  if (url === undefined || allowsUrl(sources, url, page)) return [];
  return [{ what: shown(part, href), directive: name, fix: extend('style-src', url) }];
}

function attributeViolations(part: Part, policy: Policy): Violation[] {
  const scripts = sourcesFor(policy, 'script-src-attr');
  const styles = sourcesFor(policy, 'style-src-attr');
  const violations: Violation[] = [];
  for (const [attribute, text] of part.attributes) {
    if (
      scripts &&
      /^on[a-z]/.test(attribute) &&
      !allowsInline(scripts.sources, { text, isAttribute: true })
    ) {
      const fix = `move it into a script: element.addEventListener('${attribute.slice(2)}', ...)`;
      violations.push({ what: `${attribute} of ${shown(part)}`, directive: scripts.name, fix });
    }
    const isStyle = attribute === 'style' && text.trim() !== '';
    if (styles && isStyle && !allowsInline(styles.sources, { text, isAttribute: true })) {
      violations.push({
        what: `style of ${shown(part)}`,
        directive: styles.name,
        fix: 'move it into a style sheet, under a class',
      });
    }
    if (isScriptUrl(part, attribute, text)) {
      const found = sourcesFor(policy, 'script-src-elem');
      if (!found || allowsInline(found.sources, { text, isAttribute: true })) continue;
      violations.push({
        what: `javascript: in ${attribute} of ${shown(part)}`,
        directive: found.name,
        fix: 'use a button and a script',
      });
    }
  }
  return violations;
}

function isScriptUrl({ tag }: Part, attribute: string, text: string): boolean {
  const isLink = attribute === 'href' && (tag === 'a' || tag === 'area');
  // Browsers drop tabs and line breaks from URLs.
  return isLink && /^[\s\p{Cc}]*javascript:/iu.test(text.replace(/[\t\n\r]/g, ''));
}

function loadViolations(part: Part, policy: Policy, base: URL, page: URL): Violation[] {
  return loadsOf(part).flatMap(({ directive, url: text }) => {
    const found = sourcesFor(policy, directive);
    const url = resolved(text, directive === 'base-uri' ? page : base);
    if (found === undefined || url === undefined || /^(?:javascript|about):/.test(url.protocol)) return [];
    if (allowsUrl(found.sources, url, page)) return [];
    const fix =
      directive === 'base-uri'
        ? 'remove <base>, or allow it: csp: { directives: { "base-uri": ["\'self\'"] } }'
        : extend(directive, url);
    return [{ what: shown(part, text), directive: found.name, fix }];
  });
}

function extend(directive: string, url: URL): string {
  const source = url.origin === 'null' ? url.protocol : url.origin;
  return `bulwark({ csp: { extend: { '${directive}': ['${source}'] } } }), or routeCsp for this page`;
}

function shown({ tag, line }: Part, url?: string): string {
  return `<${tag}${url === undefined ? '' : ` ${url.slice(0, 200)}`}> in line ${line}`;
}
