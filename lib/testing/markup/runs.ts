import { attribute, type Element } from './walk.ts';

/** MIME Sniffing, 4.6: a script of another type is data. An import map and speculation rules decide what is loaded. */
const scriptTypes =
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/;

export function isDataBlock(script: Element): boolean {
  const type = attribute(script, 'type');
  if (type !== undefined) return !scriptTypes.test(type.trim().toLowerCase());
  const language = attribute(script, 'language');
  return language !== undefined && language !== '' && !scriptTypes.test(`text/${language.toLowerCase()}`);
}

/** What takes a URL that is followed or loaded, and what an SVG animation may write into one. */
const urls: ReadonlySet<string> = new Set([
  ...['href', 'src', 'action', 'formaction', 'data', 'background', 'poster', 'lowsrc', 'dynsrc', 'codebase'],
  ...['to', 'from', 'by', 'values'],
]);

export function runsAsLink(name: string, value: string): boolean {
  if (!urls.has(name.toLowerCase())) return false;
  return value
    .split(name === 'values' ? ';' : /$^/)
    .some((url) => /^(?:javascript|vbscript|livescript):/i.test(bare(url)));
}

/** A `data:` URL is a document or a script of its own here, and an image elsewhere. */
export function runsAsDocument(tagName: string, name: string, value: string): boolean {
  if (!/^data:/i.test(bare(value))) return false;
  const loads = ['iframe', 'frame', 'object', 'embed', 'script', 'use', 'link', 'portal'].includes(tagName);
  return loads && ['src', 'href', 'data'].includes(name);
}

/** As URL parsers see it (URL standard, 4.4): control characters and spaces in front, tabs and line ends anywhere, fall out. */
function bare(url: string): string {
  let start = 0;
  while (start < url.length && url.charCodeAt(start) <= 32) start++;
  return url.slice(start).replace(/[\t\n\r]/g, '');
}
