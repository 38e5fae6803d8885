import { type AttributeKind, attributeKind } from './attribute-kind.ts';
import { decodeReferences } from './decode-references.ts';
import { refuseHalfReference } from './half-reference.ts';
import type { Around, Cut, Hole } from './hole.ts';
import { urlPlan } from './plan-url.ts';
import type { Attribute, StartTag } from './read-tag.ts';
import { srcsetPlan } from './srcset-plan.ts';
import { hole, templateMisuse } from './template-misuse.ts';

/** The holes of a start tag, in order. */
export function attributeCuts(source: string, tag: StartTag, firstIndex: number): readonly Cut[] {
  if (!source.slice(tag.start, tag.end).includes(hole)) return [];
  const names = new Set(tag.attributes.map(({ name }) => name));
  const beside = staticValues(source, tag);
  const cuts: Cut[] = [];
  let index = firstIndex;
  for (const attribute of tag.attributes) {
    const { name, start, end, valueStart, valueEnd } = attribute;
    if (attribute.spread) {
      const spot = { source, at: start };
      cuts.push({
        start,
        end,
        before: '',
        hole: { kind: 'spread', index, element: tag.name, taken: names, spot },
      });
      index += 1;
      continue;
    }
    const at = source.indexOf(hole, valueStart);
    if (at === -1 || at >= valueEnd) continue;
    const kind = isSymbol(source, tag, attribute) ? symbol : attributeKind(tag.name, name, beside);
    if (kind.kind === 'refused') throw templateMisuse(kind.code, source, at, kind.fix);
    const found = cutsOf(source, tag, attribute, kind, index);
    cuts.push(...found);
    index += countHoles(source.slice(valueStart, valueEnd));
  }
  return cuts;
}

/** A symbol of the page or of a static file, as in `<use href="/icons.svg#${name}">`: no value decides on what is loaded. */
function isSymbol(source: string, tag: StartTag, { name, valueStart, valueEnd }: Attribute): boolean {
  if (tag.name !== 'use' || (name !== 'href' && name !== 'xlink:href')) return false;
  return /^[^\0&]*#/.test(source.slice(valueStart, valueEnd));
}

const symbol: AttributeKind = { kind: 'url' };

function staticValues(source: string, tag: StartTag): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, valueStart, valueEnd } of tag.attributes) {
    const text = source.slice(valueStart, valueEnd);
    if (!text.includes(hole)) values.set(name, decodeReferences(text));
    else if (present.has(name)) values.set(name, hole);
  }
  return values;
}

/** What counts by its presence, whatever its value. */
const present: ReadonlySet<string> = new Set(['http-equiv', 'itemprop', 'property']);

function cutsOf(
  source: string,
  tag: StartTag,
  attribute: Attribute,
  kind: Exclude<AttributeKind, { kind: 'refused' }>,
  index: number,
): readonly Cut[] {
  const { name, start, end, valueStart, valueEnd } = attribute;
  const place = `${name} of <${tag.name}>`;
  for (let at = valueStart; at < valueEnd; at++) if (source[at] === hole) refuseHalfReference(source, at);
  const whole = valueEnd - valueStart === 1;
  const around: Around = { open: source.slice(start, valueStart), close: source.slice(valueEnd, end) };
  const all = (target: Hole): readonly Cut[] => [
    { ...(whole ? { start, end } : { start: valueStart, end: valueEnd }), before: '', hole: target },
  ];
  const maybe = whole ? around : undefined;
  switch (kind.kind) {
    case 'style':
    case 'resource-url':
    case 'srcdoc': {
      const spot = { source, at: source.indexOf(hole, valueStart) };
      if (!whole) throw templateMisuse(kind.code, source, spot.at, partFix(kind, source, attribute));
      return all({ kind: kind.kind, index, place, around, spot });
    }
    case 'url':
    case 'image-url': {
      const plan = urlPlan(source, attribute, index, place, kind.kind === 'image-url');
      return all({ kind: 'url', index, plan, around: maybe });
    }
    case 'srcset':
      return all({
        kind: 'srcset',
        index,
        place,
        plan: srcsetPlan(source, attribute, index, place),
        around: maybe,
      });
    case 'boolean':
      if (whole) return all({ kind: 'boolean', index, name, place });
      return parts(source, attribute, 'attribute', place, index);
    default: {
      const part = kind.kind === 'class' ? 'class' : 'attribute';
      if (whole) return all({ kind: part, index, place, around });
      return parts(source, attribute, part, place, index);
    }
  }
}

/** With the text of the attribute itself, where that can be the literal's. */
function partFix(
  { kind, fix }: { readonly kind: string; readonly fix: string },
  source: string,
  { name, valueStart, valueEnd }: Attribute,
): string {
  const text = source.slice(valueStart, valueEnd);
  if (kind !== 'resource-url' || text.startsWith(hole) || text.length > 200) return fix;
  return `Give the whole attribute one TrustedResourceUrl: ${name}="\${resourceUrl\`${text.replaceAll(hole, `\${...}`)}\`}".`;
}

function parts(
  source: string,
  { valueStart, valueEnd }: Attribute,
  kind: 'attribute' | 'class',
  place: string,
  firstIndex: number,
): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let at = valueStart; at < valueEnd; at++) {
    if (source[at] !== hole) continue;
    const index = firstIndex + cuts.length;
    cuts.push({ start: at, end: at + 1, before: '', hole: { kind, index, place, around: undefined } });
  }
  return cuts;
}

function countHoles(text: string): number {
  return text.split(hole).length - 1;
}
