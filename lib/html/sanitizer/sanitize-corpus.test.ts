import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { legitimateDocuments } from '../../testing/corpus/rich-text.ts';
import { xss } from '../../testing/corpus/xss.ts';
import { sanitizerXss } from '../../testing/corpus/xss-sanitizer.ts';
import { render } from '../render.ts';
import { supportedTags } from './content-model.ts';
import type { PresetName } from './preset-type.ts';
import { sanitize } from './sanitize.ts';
import { svgTags } from './svg-model.ts';

beforeAll(() => void configureEvents({ sinks: [] }));
afterAll(() => void configureEvents({ sinks: [] }));

const names = Object.keys(legitimateDocuments) as PresetName[];
const payloads = [...new Set([...sanitizerXss, ...xss].map(({ payload }) => payload))];
const clean = (markup: string, name: PresetName): string => render(sanitize(markup, name));

describe.each(names)('%s', (name) => {
  it('leaves what is legitimate as it is', () => {
    const documents = new Set(legitimateDocuments[name]);
    expect(documents.size).toBeGreaterThanOrEqual(60);
    const changed = [...documents].flatMap((one) => {
      const cleaned = clean(one, name);
      return cleaned === one ? [] : [{ one, cleaned }];
    });
    expect(changed).toEqual([]);
  });

  it('leaves nothing of an attack that runs or loads, and the same when it is done again', () => {
    expect(payloads.length).toBeGreaterThan(1_000);
    for (const payload of payloads) {
      const once = clean(payload, name);
      expect({ payload, twice: clean(once, name) }).toEqual({ payload, twice: once });
      expect({ payload, residue: residueOf(once) }).toEqual({ payload, residue: [] });
    }
  });
});

/** What in the parser's tree of the output could run, load, move or shadow something. */
function residueOf(markup: string): string[] {
  const found: string[] = [];
  const nodes: DefaultTreeAdapterTypes.ChildNode[] = [...parseFragment(markup).childNodes];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    if (!('tagName' in node)) continue;
    if (!supportedTags.has(node.tagName) && !svgTags.has(node.tagName)) found.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs) if (isResidue(name, value)) found.push(`${name}="${value}"`);
    nodes.push(...node.childNodes);
  }
  return found;
}

function isResidue(name: string, value: string): boolean {
  if (/^on|^(?:name|srcdoc|formaction|action|background|data|poster|ping|form|is|slot)$/.test(name))
    return true;
  if (name === 'srcset') return value.split(', ').some((one) => isResidue('src', one.replace(/ \S+$/, '')));
  if (name === 'id') return !/^(?:user-content|svg)-/.test(value);
  if (name === 'style')
    return /url\((?!#svg-)|position|expression|behavior|binding|[\\@{}<]|var\(|attr\(/i.test(value);
  if (/^(?:href|src|cite)$/.test(name)) {
    const { protocol } = new URL(value, 'https://base.example/');
    return (
      !/^(?:https?|mailto|tel):$/.test(protocol) && !/^data:image\/(?:png|gif|jpeg|webp);base64,/.test(value)
    );
  }
  return !/^(?:title|alt|aria-label|class)$/.test(name) && /url\((?!#svg-)|javascript:/i.test(value);
}
