import { escapeHtml } from '../values/escape.ts';
import type { CompiledPreset } from './compiled-preset.ts';
import { readDeclarations } from './css-declarations.ts';
import { type KeptElement, keptPicture, pathOf } from './kept-picture.ts';
import type { Node } from './markup-node.ts';
import { tooComplex } from './parse-untrusted.ts';
import type { ReportRemoval } from './removal.ts';
import { common, presentation, svgTags } from './svg-model.ts';
import { namesOf, type PictureNames } from './svg-names.ts';

/**
 * Writes the first `<svg>` of a tree, and nothing around it. Every element is one of SVG's that a picture is drawn with,
 * and has its end tag, so a parser that reads it inside of HTML stays in SVG's namespace until the last one: no name
 * among them is one at which HTML begins again, and what stands in `<title>` and `<desc>` is text.
 *
 * @throws Refusal `html/markup-too-complex` when more is written than the preset takes in
 */
export function writePicture(nodes: readonly Node[], policy: CompiledPreset, report?: ReportRemoval): string {
  const picture = keptPicture(nodes, policy, report);
  if (picture === undefined) return '';
  const { limits, idPrefix = '' } = policy.preset;
  const names = namesOf(picture, idPrefix);
  let written = '';
  const write = (piece: string): void => {
    if (written.length + piece.length > limits.length) tooComplex('output', limits.length);
    written += piece;
  };
  const steps: { readonly kept: KeptElement; next: number }[] = [];
  const start = (kept: KeptElement): void => {
    write(`<${kept.element.tagName}${attributesOf(kept, names, report)}>`);
    steps.push({ kept, next: 0 });
  };
  start(picture);
  for (let step = steps.at(-1); step; step = steps.at(-1)) {
    const { element, children } = step.kept;
    if (step.next === children.length) {
      write(`</${element.tagName}>`);
      steps.pop();
      continue;
    }
    const child = children[step.next++] as KeptElement | string;
    if (typeof child === 'string') write(escapeHtml(child));
    else start(child);
  }
  return written;
}

type Refused = ((kind: 'attribute' | 'reference' | 'style', name: string) => void) | undefined;

function attributesOf(kept: KeptElement, names: PictureNames, report: ReportRemoval | undefined): string {
  const { attrs, tagName } = kept.element;
  const own = svgTags.get(tagName);
  const refused: Refused = report && ((kind, name) => report(kind, name, pathOf(kept)));
  const seen = new Set<string>();
  let text = '';
  for (const { name, value, prefix } of attrs) {
    if (seen.has(name)) continue;
    // `xlink:href` is written as `href`, which says the same.
    const foreign = prefix !== undefined && prefix !== '' && !(prefix === 'xlink' && name === 'href');
    const rule = foreign ? undefined : (own?.get(name) ?? common.get(name) ?? presentation.get(name));
    const allowed =
      name === 'style' && !foreign
        ? allowedPresentation(value, kept, names, refused)
        : rule?.(value, names.at(kept, name));
    if (allowed === undefined) {
      if (!(foreign && prefix === 'xmlns')) refused?.(name === 'href' ? 'reference' : 'attribute', name);
      continue;
    }
    seen.add(name);
    text += ` ${name}="${escapeHtml(allowed)}"`;
  }
  return text;
}

/** Each declaration, where the attribute of that name could say the same. */
function allowedPresentation(
  style: string,
  element: KeptElement,
  names: PictureNames,
  refused: Refused,
): string | undefined {
  const declared = new Map<string, string>();
  for (const { name, value } of readDeclarations(style)) {
    const allowed = presentation.get(name)?.(value, names.at(element, name));
    if (allowed === undefined) refused?.('style', name);
    else {
      declared.delete(name);
      declared.set(name, allowed);
    }
  }
  return declared.size === 0
    ? undefined
    : [...declared].map(([name, value]) => `${name}: ${value}`).join('; ');
}
