import { html } from 'parse5';
import { bareUrl, scriptOfUrl } from './url-place.ts';
import { attribute, type Element } from './walk.ts';

/** MIME Sniffing, 4.6: a script of another type is data. An import map and speculation rules decide what is loaded. */
const scriptTypes =
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/;

export function isDataBlock(script: Element): boolean {
  const type = attribute(script, 'type');
  if (type !== undefined) return !scriptTypes.test(type.trim().toLowerCase());
  // A script of SVG has no such attribute.
  const language = script.namespaceURI === html.NS.HTML ? attribute(script, 'language') : undefined;
  return language !== undefined && language !== '' && !scriptTypes.test(`text/${language.toLowerCase()}`);
}

/** What runs a script URL: what is followed or sent, and what shows a document. A picture or a video of one shows nothing. */
const followed: Readonly<Record<string, RegExp>> = {
  href: /^(?!(?:base|link|image|script|use|feimage)$)/i,
  src: /^(?:i?frame|embed|portal)$/i,
  action: /^form$/i,
  formaction: /^(?:button|input)$/i,
  data: /^object$/i,
  codebase: /^(?:object|applet)$/i,
  to: /^(?:animate|set)/i,
  from: /^animate/i,
  by: /^animate/i,
  values: /^animate/i,
};

/** The code of the script URLs that an attribute holds. */
export function linkedScripts(tagName: string, name: string, value: string): readonly string[] {
  const low = name.toLowerCase();
  if (!Object.hasOwn(followed, low) || !followed[low]?.test(tagName)) return [];
  return value
    .split(name === 'values' ? ';' : /$^/)
    .map(scriptOfUrl)
    .filter((code) => code !== undefined);
}

/** A `data:` URL is a document or a script of its own here, and an image elsewhere. */
export function runsAsDocument(tagName: string, name: string, value: string): boolean {
  if (!/^data:/i.test(bareUrl(value))) return false;
  const loads = ['iframe', 'frame', 'object', 'embed', 'script', 'use', 'link', 'portal'].includes(tagName);
  return loads && ['src', 'href', 'data'].includes(name);
}

const loading: Readonly<Record<string, readonly string[]>> = {
  script: ['src', 'href'],
  iframe: ['src'],
  frame: ['src'],
  embed: ['src'],
  object: ['data', 'codebase', 'classid'],
  applet: ['code', 'codebase', 'archive'],
  base: ['href'],
  portal: ['src'],
};

/** True where the URL says where code, or a document in the page, comes from. */
export function loadsCode(tagName: string, name: string): boolean {
  return Object.hasOwn(loading, tagName) && (loading[tagName] as readonly string[]).includes(name);
}
