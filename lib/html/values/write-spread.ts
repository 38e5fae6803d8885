import { type AttributeKind, attributeKind } from '../template/attribute-kind.ts';
import type { Hole } from '../template/hole.ts';
import { planUrl } from '../template/plan-url.ts';
import { attributeFix } from '../template/read-tag.ts';
import { misuseAt } from '../template/template-misuse.ts';
import type { UrlPlan } from '../template/url-plan.ts';
import { attributesOf } from './attributes-type.ts';

type Spread = Extract<Hole, { kind: 'spread' }>;

/** The attributes of one hole, each by the rules of its name. */
export function writeSpread(
  value: unknown,
  spread: Spread,
  write: (hole: Hole, value: unknown) => string,
): string {
  if (value === null || value === undefined || value === false) return '';
  const entries = attributesOf(value);
  if (entries === undefined) throw misuseAt('html/dynamic-name', spread.spot, attributeFix);
  const seen = new Set<string>(spread.taken);
  let text = '';
  for (const [given, one] of entries) {
    const name = given.toLowerCase();
    if (!/^[a-z][a-z0-9-]*$/.test(name) || seen.has(name)) {
      throw misuseAt('html/dynamic-name', spread.spot, nameFix);
    }
    seen.add(name);
    const kind = attributeKind(spread.element, name);
    // The fix of the table names the attribute; here it may be what a client sent.
    if (kind.kind === 'refused') throw misuseAt(kind.code, spread.spot);
    text += writeOne(name, kind, one, spread, write);
  }
  return text.trimStart();
}

function writeOne(
  name: string,
  kind: Exclude<AttributeKind, { kind: 'refused' }>,
  value: unknown,
  { element, spot }: Spread,
  write: (hole: Hole, value: unknown) => string,
): string {
  const written = name.startsWith('aria-') || name.startsWith('data-');
  if (value === null || value === undefined || (value === false && !written)) return '';
  const place = `an attribute of <${element}>`;
  const around = { open: ` ${name}="`, close: '"' };
  if (value === true && !written) return write({ kind: 'boolean', index: 0, name, place }, value);
  switch (kind.kind) {
    case 'style':
    case 'resource-url':
    case 'srcdoc':
      return write({ kind: kind.kind, index: 0, place, around, spot }, value);
    case 'url':
    case 'image-url': {
      const plan = planUrl(['', ''], 0, place, kind.kind === 'image-url') as UrlPlan;
      return write({ kind: 'url', index: 0, plan, around }, value);
    }
    case 'srcset':
      return write({ kind: 'srcset', index: 0, place, plan: 'list', around }, value);
    case 'boolean':
      return write({ kind: 'boolean', index: 0, name, place }, value);
    default:
      return write({ kind: kind.kind === 'class' ? 'class' : 'attribute', index: 0, place, around }, value);
  }
}

const nameFix =
  'Name each attribute once, in ASCII letters, digits and hyphens, and none that the tag has already.';
