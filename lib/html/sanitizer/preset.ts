import { shared } from '../../internal/shared.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { basePresets } from './base-presets.ts';
import { wholeName } from './class-rule.ts';
import type { Preset, PresetName, PresetOptions } from './preset-type.ts';
import { ownOptions, requirePreset } from './require-preset.ts';

const known = shared('html-preset', () => new WeakSet<object>());

/**
 * A policy of your own. A list that you give replaces that of `base`; the others stay.
 *
 * @throws Misuse `bulwark/invalid-option` for an element, attribute, scheme, class or property that cannot be allowed:
 *   anything that runs a script, loads a document, is parsed by other rules, or takes over names of the page (`name`, and
 *   `id` without a prefix).
 *
 * @example
 * ```ts
 * import { preset, render, sanitize } from 'bulwark/html';
 *
 * const note = preset('comment', { tags: ['b', 'a'], protocols: ['https'] });
 * render(sanitize('<p><b>x</b> <a href="http://example.com/">y</a></p>', note)); // '<b>x</b> y'
 * ```
 */
export function preset(base: PresetName | Preset, options: PresetOptions = {}): Preset {
  const from = resolvePreset(base);
  const own = ownOptions(options);
  const created: Preset = {
    tags: Object.freeze([...new Set(own.tags ?? from.tags)]),
    attributes: freezeLists(own.attributes ?? from.attributes, (name) => name),
    protocols: Object.freeze([...new Set(own.protocols ?? from.protocols)]),
    classes: freezeLists(own.classes ?? from.classes, (rule) =>
      rule instanceof RegExp ? wholeName(rule) : rule,
    ),
    idPrefix: own.idPrefix ?? from.idPrefix,
    styles: Object.freeze([...new Set(own.styles ?? from.styles)]),
    rel: Object.freeze([...new Set(own.rel ?? from.rel)]),
    images: own.images ?? from.images,
    allowOverflow: own.allowOverflow ?? from.allowOverflow,
    limits: from.limits,
    picture: from.picture,
  };
  requirePreset(created);
  known.add(Object.freeze(created));
  return created;
}

/** @throws Misuse for anything that is neither a name nor made by `preset` */
export function resolvePreset(policy: PresetName | Preset): Preset {
  if (typeof policy === 'object' && policy !== null && known.has(policy)) return policy;
  if (typeof policy === 'string' && Object.hasOwn(basePresets, policy)) return basePresets[policy];
  throw new Misuse(
    'bulwark/invalid-option',
    `A preset is one of ${Object.keys(basePresets).join(', ')}, or the result of preset().`,
  );
}

function freezeLists<T>(
  lists: Readonly<Record<string, readonly T[]>>,
  copyOf: (value: T) => T,
): Readonly<Record<string, readonly T[]>> {
  const copy: Record<string, readonly T[]> = Object.create(null);
  for (const [name, values] of Object.entries(lists)) copy[name] = Object.freeze(values.map(copyOf));
  return Object.freeze(copy);
}
