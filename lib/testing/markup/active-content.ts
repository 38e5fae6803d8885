import { decidingIn } from './deciding.ts';
import type { Reading } from './readings.ts';
import { isDataBlock, linkedScripts, loadsCode, runsAsDocument } from './runs.ts';
import { scriptShape } from './script-shape.ts';
import { placeOf } from './url-place.ts';
import { attribute, type Element, textOf } from './walk.ts';

/** Something in markup that runs, or that decides what runs. */
export interface ActiveContent {
  /** `script`, `onclick`, `script URL in href`: what a person is told. */
  readonly kind: string;
  readonly source: string;
  /** Its code with nothing in its strings, and where code is loaded from: the same whatever a value says that is data. */
  readonly shape: string;
  /** True for a script that carries the nonce, and for what decides and runs nothing itself. */
  readonly given: boolean;
}

export interface Given {
  /** Scripts that carry it are the application's own. */
  readonly nonce?: string | undefined;
}

/** A document in `srcdoc` may hold another. No page nests more. */
const deepest = 5;

/** All of it, in the order of the document. Data blocks run nothing (HTML, 4.12.1). */
export function activeContent(
  elements: readonly Element[],
  { readPage }: Pick<Reading, 'readPage'>,
  { nonce }: Given = {},
): readonly ActiveContent[] {
  return within(elements, 0);

  function within(some: readonly Element[], depth: number): ActiveContent[] {
    return some.flatMap((element) => [...ofElement(element, nonce), ...ofSrcdoc(element, depth)]);
  }

  function ofSrcdoc(element: Element, depth: number): ActiveContent[] {
    const markup = attribute(element, 'srcdoc');
    if (markup === undefined) return [];
    if (depth >= deepest) {
      return [{ kind: 'srcdoc', source: `srcdoc in srcdoc, ${deepest} times`, shape: '', given: false }];
    }
    return within(readPage(markup), depth + 1).map((found) => ({
      ...found,
      kind: `${found.kind} in srcdoc`,
    }));
  }
}

function ofElement(element: Element, nonce: string | undefined): ActiveContent[] {
  const { tagName } = element;
  const found: ActiveContent[] = [];
  const add = (kind: string, written = '', shape = '', given = false): void => {
    found.push({ kind, source: `<${tagName}${written}>`, shape, given });
  };
  for (const { kind, value } of decidingIn(element)) add(kind, '', value, true);
  if (tagName === 'script' && !isDataBlock(element)) {
    const given = nonce !== undefined && attribute(element, 'nonce') === nonce;
    const code = textOf(element);
    add('script', `>${code.slice(0, 200)}`, `${placesOf(element)} ${codeShape(element, code)}`, given);
  }
  if (tagName === 'object' || tagName === 'embed' || tagName === 'applet' || tagName === 'base') {
    add(tagName, '', placesOf(element));
  }
  const refreshes =
    tagName === 'meta' && attribute(element, 'http-equiv')?.trim().toLowerCase() === 'refresh';
  if (refreshes) {
    const content = attribute(element, 'content') ?? '';
    add('meta refresh', ` content=${content}`, placeOf(refreshedTo(content)));
  }
  const animated = attribute(element, 'attributeName') ?? '';
  if (/^(?:animate|set)/i.test(tagName) && /^(?:(?:xlink:)?href$|on)/i.test(animated)) {
    add(`animated ${animated.toLowerCase()}`);
  }
  for (const { name, prefix, value } of element.attrs) {
    const full = prefix ? `${prefix}:${name}` : name;
    const written = ` ${full}=${value.slice(0, 200)}`;
    // No HTML or SVG attribute that begins so is anything else.
    if (/^on./i.test(name)) add(name.toLowerCase(), written, scriptShape(value));
    for (const code of linkedScripts(tagName, name, value)) {
      add(`script URL in ${full}`, written, scriptShape(code));
    }
    if (runsAsDocument(tagName, name, value)) add(`data: URL in ${full}`, written, dataShape(value));
  }
  return found;
}

/** Where an element loads what runs, or stands in the page as a document: empty for the page's own place. */
export function placesOf(element: Element): string {
  return element.attrs
    .filter(({ name }) => loadsCode(element.tagName, name))
    .map(({ name, value }) => `${name}=${placeOf(value)}`)
    .join(' ');
}

/** `0; url='a'`, as the standard reads it (HTML, 4.2.5.3). */
function refreshedTo(content: string): string {
  return /^[\s\d.]*[;,\s]*(?:url\s*=\s*)?["']?([\s\S]*?)["']?\s*$/i.exec(content)?.[1] ?? '';
}

/** An import map says where each name is loaded from. */
export function codeShape(script: Element, code: string): string {
  if (attribute(script, 'type')?.trim().toLowerCase() !== 'importmap') return scriptShape(code);
  try {
    const places = (_name: string, value: unknown): unknown =>
      typeof value === 'string' ? placeOf(value) : value;
    return JSON.stringify(JSON.parse(code), places);
  } catch {
    return scriptShape(code);
  }
}

/** The document is read no further: as code, its text differs where its markup does. */
function dataShape(url: string): string {
  try {
    return scriptShape(decodeURIComponent(url));
  } catch {
    return scriptShape(url);
  }
}
