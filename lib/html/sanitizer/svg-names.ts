import type { Element } from './parse-untrusted.ts';
import { prefixedId } from './prefixed-id.ts';
import type { SvgNames } from './svg-value.ts';

export interface PictureNames {
  /** @param drawn true inside of what is drawn wherever it is named */
  names(drawn: boolean): SvgNames;
}

const mostPaints = 5000;
/** Elements that references may draw again, taken together. */
const mostDrawn = 400_000;

/** An id around an element, and those around that one. */
interface Outer {
  readonly id: string;
  readonly outer: Outer | undefined;
}

/**
 * The names of one picture. A reference leads to an element of the same picture, and never to one that draws others by
 * reference itself: ten of these in one another would draw ten billion shapes.
 */
export function namesOf(picture: Element, prefix: string): PictureNames {
  const known = new Set<string>();
  const draws = new Set<string>();
  const other = new Set<string>();
  const marked = new Set<Outer>();
  const stack: { element: Element; outer: Outer | undefined }[] = [{ element: picture, outer: undefined }];
  let elements = 0;
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { element } = top;
    elements++;
    let { outer } = top;
    const given = element.attrs.find(({ name }) => name === 'id')?.value;
    const id = given === undefined ? undefined : prefixedId(given, prefix);
    if (id !== undefined) {
      known.add(id);
      if (!gradients.has(element.tagName)) other.add(id);
      outer = { id, outer };
    }
    if (element.tagName === 'use') {
      for (let one = outer; one && !marked.has(one); one = one.outer) {
        marked.add(one);
        draws.add(one.id);
      }
    }
    for (const child of element.childNodes) if ('tagName' in child) stack.push({ element: child, outer });
  }
  let paints = 0;
  let uses = 0;
  const reference = (drawn: boolean) => (name: string, use: 'use' | 'paint') => {
    const id = prefixedId(name, prefix);
    if (id === undefined || !known.has(id)) return undefined;
    if (use === 'use' && (draws.has(id) || ++uses * elements > mostDrawn)) return undefined;
    if (drawn && (use === 'use' || other.has(id))) return undefined;
    return use === 'paint' && ++paints > mostPaints ? undefined : `#${id}`;
  };
  const id = (given: string): string | undefined => prefixedId(given, prefix);
  const [inside, outside] = [reference(true), reference(false)];
  return { names: (drawn) => ({ reference: drawn ? inside : outside, id }) };
}

const gradients: ReadonlySet<string> = new Set(['linearGradient', 'radialGradient']);
