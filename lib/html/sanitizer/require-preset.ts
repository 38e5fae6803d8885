import { Misuse } from '../../refusal/misuse.ts';
import { attributeRules } from './attribute-rule.ts';
import { supportedTags, tableTags } from './content-model.ts';
import { styleGrammars } from './mail-style.ts';
import type { Preset } from './preset.ts';
import { svgTags } from './svg-model.ts';

/** @throws Misuse `bulwark/invalid-option` for what no policy can allow */
export function requirePreset(preset: Preset): void {
  if (preset.picture) requirePicture(preset);
  else requireTags(preset.tags);
  for (const [tag, names] of Object.entries(preset.attributes)) requireAttributes(tag, names, preset);
  for (const scheme of preset.protocols) requireScheme(scheme);
  for (const [tag, rules] of Object.entries(preset.classes)) requireClasses(tag, rules);
  const { idPrefix, images } = preset;
  if (idPrefix !== undefined && !/^[a-z][a-z0-9-]{0,40}-$/i.test(idPrefix)) {
    refuse('idPrefix is letters, digits and hyphens, and ends in a hyphen.');
  }
  for (const name of preset.styles) {
    if (!styleGrammars.has(name)) refuse(`The sanitiser cannot allow the property ${name}.`);
  }
  for (const token of preset.rel) {
    if (!linkTypes.has(token)) refuse(`rel takes ${[...linkTypes].join(', ')}; it was given ${token}.`);
  }
  if (images !== undefined && typeof images !== 'function') refuse('images is a function.');
}

/** These say what a link is not; others (`me`, `preload`, `stylesheet`) would claim something for the page. */
const linkTypes: ReadonlySet<string> = new Set(
  'external nofollow noopener noreferrer sponsored ugc'.split(' '),
);

function refuse(hint: string): never {
  throw new Misuse('bulwark/invalid-option', hint);
}

function requirePicture({ tags, attributes, classes, idPrefix }: Preset): void {
  for (const tag of tags) {
    if (!svgTags.has(tag))
      refuse(`A picture cannot have <${tag}>. It can have: ${[...svgTags.keys()].join(' ')}.`);
  }
  if (Object.keys(attributes).length > 0 || Object.keys(classes).length > 0) {
    refuse('The attributes of a picture are fixed; tags and idPrefix can be chosen.');
  }
  if (idPrefix === undefined) refuse('A picture needs an idPrefix.');
}

function requireTags(tags: readonly string[]): void {
  for (const tag of tags) {
    if (supportedTags.has(tag)) continue;
    refuse(`The sanitiser cannot allow <${tag}>. It can allow: ${[...supportedTags].join(' ')}.`);
  }
  const parts = [...tableTags].filter((tag) => tags.includes(tag));
  if (parts.length === 0 || parts.length === tableTags.size) return;
  refuse(`A table is allowed with all its parts: ${[...tableTags].join(' ')}.`);
}

function requireAttributes(tag: string, names: readonly string[], preset: Preset): void {
  if (tag !== '*' && !supportedTags.has(tag)) refuse(`The sanitiser cannot allow attributes of <${tag}>.`);
  for (const name of names) {
    const rule = attributeRules.get(name);
    if (rule === undefined) {
      const possible = [...attributeRules.keys()].join(' ');
      refuse(`The sanitiser cannot allow the attribute ${name}. It can allow: ${possible}.`);
    }
    if ((rule === 'id' || rule === 'id-list') && preset.idPrefix === undefined) {
      refuse(`The attribute ${name} needs an idPrefix, so that it cannot be a name of the page.`);
    }
    if (rule === 'style' && preset.styles.length === 0) {
      refuse('The attribute style needs styles, the list of properties that it may set.');
    }
  }
}

function requireClasses(tag: string, rules: readonly (string | RegExp)[]): void {
  if (tag !== '*' && !supportedTags.has(tag)) refuse(`The sanitiser cannot allow classes of <${tag}>.`);
  for (const rule of rules) {
    if (rule instanceof RegExp || (typeof rule === 'string' && /^[\w-]+\*?$/.test(rule))) continue;
    refuse('A class is a name, a prefix as in language-*, or a RegExp for a whole name.');
  }
}

/** Schemes that run something, carry a document, or reach into the browser or the machine. */
const refusedSchemes: ReadonlySet<string> = new Set(
  'javascript vbscript livescript mocha data blob filesystem file about chrome resource view-source jar mhtml'.split(
    ' ',
  ),
);

function requireScheme(scheme: string): void {
  if (/^[a-z][a-z0-9+.-]*$/.test(scheme) && !refusedSchemes.has(scheme)) return;
  refuse(`The sanitiser cannot allow the scheme ${scheme}; it is written like "https".`);
}
