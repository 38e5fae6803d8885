import { codeShape, placesOf } from './active-content.ts';
import type { Reading } from './readings.ts';
import { isDataBlock, linkedScripts } from './runs.ts';
import { scriptShape } from './script-shape.ts';
import { attribute, type Element, textOf } from './walk.ts';

/** A document in `srcdoc` may hold another. No page nests more. */
const deepestPage = 5;

/**
 * A page without what it says: elements with the names of their attributes, and code with nothing in its strings. Two
 * pages that differ in a value have the same, unless the value became markup or code.
 */
export function markupShape(
  elements: readonly Element[],
  reading: Pick<Reading, 'readPage'>,
  depth = 0,
): readonly string[] {
  return elements.map((element) => shapeOf(element, reading, depth));
}

function shapeOf(element: Element, reading: Pick<Reading, 'readPage'>, depth: number): string {
  const { tagName } = element;
  const names = element.attrs.map(({ name, prefix, value }) => {
    const full = prefix ? `${prefix}:${name}` : name;
    if (/^on./i.test(name)) return `${full}=${scriptShape(value)}`;
    if (name === 'srcdoc' && depth < deepestPage) {
      return `${full}=${markupShape(reading.readPage(value), reading, depth + 1).join(' ')}`;
    }
    const scripts = linkedScripts(tagName, name, value).map((code) => scriptShape(code));
    return scripts.length > 0 ? `${full}=javascript:${scripts.join(';')}` : full;
  });
  const places = placesOf(element);
  if (/=./.test(places)) names.push(`from ${places}`);
  const open = `${'  '.repeat(depthOf(element))}<${[tagName, ...names.sort()].join(' ')}>`;
  if (tagName !== 'script') return open;
  // Data that is JSON is compared by what it is as a whole, since any value is as good as another.
  const text = textOf(element);
  const json = isDataBlock(element) && /json$/i.test(attribute(element, 'type')?.trim() ?? '');
  return json && isJson(text) ? `${open} json` : `${open} ${codeShape(element, text)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Deeper than this, indenting tells nothing. */
const deepest = 100;

function depthOf(element: Element): number {
  let depth = 0;
  for (let at = element.parentNode; at && 'parentNode' in at && depth < deepest; at = at.parentNode) depth++;
  return depth;
}
