import { Misuse } from '../../refusal/misuse.ts';
import { attributeRules } from './attribute-rule.ts';
import { supportedTags, tableTags } from './content-model.ts';
import { styleGrammars } from './mail-style.ts';
import type { Preset, PresetOptions } from './preset-type.ts';
import { svgTags } from './svg-model.ts';

const lists: readonly string[] = ['tags', 'protocols', 'styles', 'rel'];
const records: readonly string[] = ['attributes', 'classes'];
const others: readonly string[] = ['idPrefix', 'images', 'allowOverflow'];

/**
 * What the developer wrote, each option read once: a polluted prototype must not widen a policy.
 *
 * @throws Misuse `bulwark/invalid-option` for options that are not as their types say, and for unknown ones
 */
export function ownOptions(options: unknown): PresetOptions {
  if (typeof options !== 'object' || options === null) refuse('The options of a preset must be an object.');
  const own: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (others.includes(name)) own[name] = value;
    else if (lists.includes(name)) own[name] = listOf(name, value, isText);
    else if (records.includes(name)) own[name] = recordOf(name, value);
    else
      refuse(
        `${name} is not an option of a preset. The options are: ${[...lists, ...records, ...others].join(' ')}.`,
      );
  }
  return own;
}

function recordOf(name: string, value: unknown): Record<string, unknown[]> {
  if (typeof value !== 'object' || value === null)
    refuse(`${name} must be an object with a list for each element.`);
  const record: Record<string, unknown[]> = Object.create(null);
  for (const [tag, list] of Object.entries(value)) {
    record[tag] = listOf(`${name} of ${tag}`, list, name === 'classes' ? isClassRule : isText);
  }
  return record;
}

function listOf(name: string, value: unknown, isOne: (one: unknown) => boolean): unknown[] {
  const copy: unknown[] = Array.isArray(value) ? [...value] : [undefined];
  return copy.every(isOne) ? copy : refuse(`${name} must be a list of names.`);
}

const isText = (one: unknown): boolean => typeof one === 'string';
const isClassRule = (one: unknown): boolean => isText(one) || one instanceof RegExp;

/** @throws Misuse `bulwark/invalid-option` for what no policy can allow */
export function requirePreset(preset: Preset): void {
  if (preset.picture) requirePicture(preset);
  else requireTags(preset.tags);
  for (const [tag, names] of Object.entries(preset.attributes)) requireAttributes(tag, names, preset);
  for (const scheme of preset.protocols) requireScheme(scheme);
  for (const [tag, rules] of Object.entries(preset.classes)) requireClasses(tag, rules);
  const { idPrefix, images, allowOverflow } = preset;
  if (
    idPrefix !== undefined &&
    !(typeof idPrefix === 'string' && /^[a-z][a-z0-9-]{0,40}-$/i.test(idPrefix))
  ) {
    refuse('idPrefix must be letters, digits and hyphens, ending in a hyphen.');
  }
  for (const name of preset.styles) {
    if (!styleGrammars.has(name)) refuse(`The sanitiser cannot allow the property ${name}.`);
  }
  for (const token of preset.rel) {
    if (!linkTypes.has(token)) refuse(`rel takes ${[...linkTypes].join(', ')}, but not ${token}.`);
  }
  if (images !== undefined && typeof images !== 'function') refuse('images must be a function.');
  if (typeof allowOverflow !== 'boolean') refuse('allowOverflow must be true or false.');
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
    refuse('The attributes of a picture are fixed. You can choose tags and idPrefix.');
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
  refuse(`Allow a table with all its parts or not at all: ${[...tableTags].join(' ')}.`);
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
      refuse(`The attribute ${name} needs an idPrefix, so that it cannot clash with names of the page.`);
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
    refuse('A class must be a name, a prefix such as language-*, or a RegExp for the whole name.');
  }
}

/** Schemes that run something, carry a document, or reach into the browser or the machine. */
const refusedSchemes: ReadonlySet<string> = new Set(
  (
    'javascript vbscript livescript mocha data blob filesystem file about chrome resource view-source jar mhtml ' +
    'its mk ms-its res'
  ).split(' '),
);

function requireScheme(scheme: string): void {
  if (/^[a-z][a-z0-9+.-]*$/.test(scheme) && !refusedSchemes.has(scheme)) return;
  refuse(`The sanitiser cannot allow the scheme ${scheme}. Write schemes like "https".`);
}
