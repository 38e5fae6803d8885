import type { KeptElement } from './kept-picture.ts';
import { prefixedId } from './prefixed-id.ts';
import { drawnElsewhere } from './svg-model.ts';
import type { SvgNames } from './svg-value.ts';

export interface PictureNames {
  /** The names that an attribute of an element may use; until the next call. */
  at(kept: KeptElement, attribute: string): SvgNames;
}

/** Shapes that references draw again, taken together. A browser needs some microseconds for each. */
const mostDrawn = 200_000;

/** What is known of an element with all that is in it. */
interface Extent {
  elements: number;
  /** Where a marker may be drawn, at most: a number in a path or in a list of points is half of one. */
  vertices: number;
  /** How often it is shown: once where it stands, and by each `<use>` of what it is in. */
  shown: number;
  /** True where it holds a `<use>`. */
  uses: boolean;
  /** True where it holds what is drawn wherever it is named. */
  drawnElsewhere: boolean;
}

interface Named {
  readonly kept: KeptElement;
  readonly extent: Extent;
  readonly gradient: boolean;
}

/** Properties that what is drawn elsewhere inherits from around the place where it stands. */
const inherited = /^(?:fill|stroke|marker(?:-(?:start|mid|end))?)$/;

/**
 * The names of one picture. A reference leads to an element that is written, and never to one that draws others by
 * reference itself: ten of these in one another would draw ten billion shapes. What all of them draw again is counted.
 */
export function namesOf(picture: KeptElement, prefix: string): PictureNames {
  const extents = extentsOf(picture);
  const named = new Map<string, Named>();
  for (const [kept, extent] of extents) {
    const { element } = kept;
    const given = element.attrs.find(({ name }) => name === 'id')?.value;
    const id = given === undefined ? undefined : prefixedId(given, prefix);
    // Of two with one name a browser takes the first, and the other one is in nobody's way.
    if (id !== undefined && !named.has(id))
      named.set(id, { kept, extent, gradient: gradients.has(element.tagName) });
  }
  const uses = new Map<KeptElement, number>();
  for (const kept of extents.keys()) {
    if (kept.element.tagName !== 'use' || kept.drawn) continue;
    for (const target of usedBy(kept, named, prefix)) {
      addUsed(kept, target.extent, extents);
      uses.set(target.kept, (uses.get(target.kept) ?? 0) + 1);
    }
  }
  for (const [kept, extent] of extents) {
    const around = kept.parent && extents.get(kept.parent);
    extent.shown = (around?.shown ?? 1) + (uses.get(kept) ?? 0);
  }
  let left = mostDrawn;
  let from: KeptElement = picture;
  let attribute = '';
  const reference = (name: string, use: 'use' | 'paint'): string | undefined => {
    const id = prefixedId(name, prefix);
    const target = id === undefined ? undefined : named.get(id);
    if (target === undefined) return undefined;
    const own = extents.get(from) as Extent;
    const inherits = inherited.test(attribute);
    if (
      use === 'use'
        ? from.drawn || target.extent.uses
        : !target.gradient && drawsByReference(from, own, inherits)
    )
      return undefined;
    const times = attribute.startsWith('marker') ? own.vertices : inherits ? own.elements : 1;
    const drawn = times * own.shown * target.extent.elements;
    if (drawn > left) return undefined;
    left -= drawn;
    return `#${id}`;
  };
  const names: SvgNames = { reference, id: (given) => prefixedId(given, prefix) };
  return {
    at(kept, name) {
      from = kept;
      attribute = name;
      return names;
    },
  };
}

/** `href` and `xlink:href` may lead to two elements, of which the one that is written counts; so both do. */
function usedBy(kept: KeptElement, named: ReadonlyMap<string, Named>, prefix: string): ReadonlySet<Named> {
  const targets = new Set<Named>();
  for (const { name, value } of kept.element.attrs) {
    const href = name === 'href' ? value.trim() : '';
    const target = href.startsWith('#') ? named.get(prefixedId(href.slice(1), prefix) ?? '') : undefined;
    if (target && !target.extent.uses) targets.add(target);
  }
  return targets;
}

/** What a `<use>` shows takes the paints and markers of what is around the `<use>`. */
function addUsed(
  kept: KeptElement,
  { elements, vertices }: Extent,
  extents: ReadonlyMap<KeptElement, Extent>,
): void {
  for (let one: KeptElement | undefined = kept; one; one = one.parent) {
    const around = extents.get(one) as Extent;
    around.elements += elements;
    around.vertices += vertices;
  }
}

/** True where a reference is drawn by what is itself drawn elsewhere: it stands in that, or around it. */
function drawsByReference(from: KeptElement, own: Extent, inherits: boolean): boolean {
  return from.drawn || (inherits && own.drawnElsewhere);
}

/** In the order of the document. */
function extentsOf(picture: KeptElement): Map<KeptElement, Extent> {
  const extents = new Map<KeptElement, Extent>();
  const steps: KeptElement[] = [picture];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { tagName, attrs } = step.element;
    extents.set(step, {
      elements: 1,
      vertices: verticesOf(attrs),
      shown: 1,
      uses: tagName === 'use',
      drawnElsewhere: drawnElsewhere.has(tagName),
    });
    for (let i = step.children.length - 1; i >= 0; i--) {
      const child = step.children[i];
      if (typeof child === 'object') steps.push(child);
    }
  }
  // From the last to the first each is complete when it is added to what it stands in.
  for (const [{ parent }, extent] of [...extents].reverse()) {
    const around = parent && extents.get(parent);
    if (!around) continue;
    around.elements += extent.elements;
    around.vertices += extent.vertices;
    around.uses ||= extent.uses;
    around.drawnElsewhere ||= extent.drawnElsewhere;
  }
  return extents;
}

function verticesOf(attrs: KeptElement['element']['attrs']): number {
  let numbers = 2;
  for (const { name, value } of attrs) {
    if (name === 'd' || name === 'points') numbers += value.match(/\d+|[a-z]/gi)?.length ?? 0;
  }
  return numbers / 2;
}

const gradients: ReadonlySet<string> = new Set(['linearGradient', 'radialGradient']);
