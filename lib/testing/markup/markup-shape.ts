import { isDataBlock } from './runs.ts';
import { scriptShape } from './script-shape.ts';
import { attribute, type Element, textOf } from './walk.ts';

/**
 * A page without what it says: elements with the names of their attributes, and code with nothing in its strings. Two
 * pages that differ in a value have the same, unless the value became markup or code.
 */
export function markupShape(elements: readonly Element[]): readonly string[] {
  return elements.map(shapeOf);
}

function shapeOf(element: Element): string {
  const { tagName } = element;
  const names = element.attrs.map(({ name, prefix, value }) => {
    const full = prefix ? `${prefix}:${name}` : name;
    return /^on./i.test(name) ? `${full}=${scriptShape(value)}` : full;
  });
  const open = `<${[`${'  '.repeat(depthOf(element))}${tagName}`, ...names.sort()].join(' ')}>`;
  if (tagName !== 'script') return open;
  // Data that is JSON is compared by what it is as a whole, since any value is as good as another.
  const text = textOf(element);
  const json = isDataBlock(element) && /json$/i.test(attribute(element, 'type')?.trim() ?? '');
  return json && isJson(text) ? `${open} json` : `${open} ${scriptShape(text)}`;
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
