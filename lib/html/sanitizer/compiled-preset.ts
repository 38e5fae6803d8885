import { effectOf, effectsThrough, sanitisedEffects } from '../values/markup-effect.ts';
import { type AttributeRule, attributeRules } from './attribute-rule.ts';
import type { ClassRule } from './class-rule.ts';
import { canOverflow } from './clip-box.ts';
import type { CssGrammar } from './css-value.ts';
import { styleGrammars } from './mail-style.ts';
import type { Preset } from './preset-type.ts';

/** A preset as the writer asks it: every list is a set, made once. */
export interface CompiledPreset {
  readonly preset: Preset;
  readonly tags: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly grammars: ReadonlyMap<string, CssGrammar>;
  /** The attribute of every link, with a space in front. */
  readonly rel: string;
  /** True where the output is put into a box that clips it. */
  readonly clips: boolean;
  /** What its markup may do to the elements around it: see `effect.ts`. */
  readonly effects: number;
  /** What an element may have, by its tag. */
  readonly elements: Map<string, ElementRules>;
}

export interface ElementRules {
  readonly attributes: ReadonlyMap<string, AttributeRule>;
  /** Undefined where any class is allowed that `attributes` lets through. */
  readonly classes: readonly ClassRule[] | undefined;
}

const compiled = new WeakMap<Preset, CompiledPreset>();

export function compilePreset(preset: Preset): CompiledPreset {
  const found = compiled.get(preset);
  if (found) return found;
  const clips = !preset.allowOverflow && canOverflow(preset.styles);
  const effects = sanitisedEffects(preset.tags);
  const made: CompiledPreset = {
    preset,
    tags: new Set(preset.tags),
    links: new Set(preset.protocols),
    grammars: new Map(
      preset.styles.flatMap((name) => {
        const grammar = styleGrammars.get(name);
        return grammar ? [[name, grammar] as const] : [];
      }),
    ),
    rel: preset.rel.length === 0 ? '' : ` rel="${preset.rel.join(' ')}"`,
    clips,
    effects: clips ? sanitisedInBox(effects) : effects,
    elements: new Map(preset.tags.map((tag) => [tag, rulesOf(tag, preset)])),
  };
  compiled.set(preset, made);
  return made;
}

/** The box of `inClipBox` is a `<div>`. */
function sanitisedInBox(effects: number): number {
  return effectOf('div', []) | (effects & effectsThrough(['div']).passes);
}

function rulesOf(tag: string, { attributes, classes }: Preset): ElementRules {
  const names = [...(attributes['*'] ?? []), ...(attributes[tag] ?? [])];
  const rules = new Map(names.map((name) => [name, attributeRules.get(name) as AttributeRule]));
  const allowed = [...(classes['*'] ?? []), ...(classes[tag] ?? [])];
  if (allowed.length === 0) return { attributes: rules, classes: undefined };
  return { attributes: rules.set('class', 'text'), classes: allowed };
}
