import { html } from 'parse5';
import { escapeHtml } from '../values/escape.ts';
import type { CompiledPreset } from './compiled-preset.ts';
import { readDeclarations } from './css-declarations.ts';
import { type Element, type Node, tooComplex } from './parse-untrusted.ts';
import type { ReportRemoval } from './removal.ts';
import { common, drawnElsewhere, leafTags, presentation, svgTags, textTags } from './svg-model.ts';
import { namesOf, type PictureNames } from './svg-names.ts';
import type { SvgNames } from './svg-value.ts';

const maxDepth = 100;

type Step = Node | { readonly closes: string };

/**
 * Writes the first `<svg>` of a tree, and nothing around it. Every element is one of SVG's that a picture is drawn with,
 * and has its end tag, so a parser that reads it inside of HTML stays in SVG's namespace until the last one: no name
 * among them is one at which HTML begins again, and what stands in `<title>` and `<desc>` is text.
 *
 * @throws Refusal `html/markup-too-complex` when more is written than the preset takes in
 */
export function writePicture(nodes: readonly Node[], policy: CompiledPreset, report?: ReportRemoval): string {
  const picture = firstPicture(nodes);
  if (picture === undefined) return '';
  const { limits, idPrefix = '' } = policy.preset;
  const names = namesOf(picture, idPrefix);
  const open: string[] = [];
  let drawn = 0;
  let written = '';
  const write = (piece: string): void => {
    if (written.length + piece.length > limits.length) tooComplex('output', limits.length);
    written += piece;
  };
  const steps: Step[] = [picture];
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('closes' in step) {
      if (drawnElsewhere.has(step.closes)) drawn--;
      open.pop();
      write(`</${step.closes}>`);
    } else if ('value' in step) {
      const parent = open[open.length - 1] ?? '';
      if (textTags.has(parent) || /^[\t\n\f\r ]*$/.test(step.value)) write(escapeHtml(step.value));
    } else if ('tagName' in step) {
      const { tagName: tag, namespaceURI, childNodes } = step;
      const foreign = namespaceURI !== html.NS.SVG || leafTags.has(open[open.length - 1] ?? '');
      // A link in a picture leaves what it is around.
      const unwrapped = !foreign && tag === 'a';
      if (!unwrapped && (foreign || !policy.tags.has(tag) || open.length >= maxDepth)) {
        report?.('element', tag, open);
        continue;
      }
      if (!unwrapped) {
        if (drawnElsewhere.has(tag)) drawn++;
        const text = attributesOf(
          step,
          names,
          drawn > 0,
          report && ((kind, name) => report(kind, name, [...open, tag])),
        );
        // A `<use>` that leads nowhere has nothing to show.
        write(`<${tag}${text}>`);
        open.push(tag);
        steps.push({ closes: tag });
      } else report?.('element', tag, open);
      for (let i = childNodes.length - 1; i >= 0; i--) steps.push(childNodes[i] as Node);
    }
  }
  return written;
}

function firstPicture(nodes: readonly Node[]): Element | undefined {
  const steps: Node[] = [...nodes].reverse();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (!('tagName' in step)) continue;
    if (step.tagName === 'svg' && step.namespaceURI === html.NS.SVG) return step;
    for (let i = step.childNodes.length - 1; i >= 0; i--) steps.push(step.childNodes[i] as Node);
  }
  return undefined;
}

function attributesOf(
  element: Element,
  picture: PictureNames,
  drawn: boolean,
  refused: ((kind: 'attribute' | 'reference' | 'style', name: string) => void) | undefined,
): string {
  const own = svgTags.get(element.tagName);
  const names = picture.names(drawn);
  const kept = new Set<string>();
  let text = '';
  for (const { name, value, prefix } of element.attrs) {
    if (kept.has(name)) continue;
    // `xlink:href` is written as `href`, which says the same.
    const foreign = prefix !== undefined && prefix !== '' && !(prefix === 'xlink' && name === 'href');
    const rule = foreign ? undefined : (own?.get(name) ?? common.get(name) ?? presentation.get(name));
    const allowed =
      name === 'style' && !foreign
        ? allowedPresentation(value, names, (property) => refused?.('style', property))
        : rule?.(value, names);
    if (allowed === undefined) {
      if (!(foreign && prefix === 'xmlns')) refused?.(name === 'href' ? 'reference' : 'attribute', name);
      continue;
    }
    kept.add(name);
    text += ` ${name}="${escapeHtml(allowed)}"`;
  }
  return text;
}

/** Each declaration, where the attribute of that name could say the same. */
function allowedPresentation(
  style: string,
  names: SvgNames,
  refused: (name: string) => void,
): string | undefined {
  const kept = new Map<string, string>();
  for (const { name, value } of readDeclarations(style)) {
    const allowed = presentation.get(name)?.(value, names);
    if (allowed === undefined) refused(name);
    else {
      kept.delete(name);
      kept.set(name, allowed);
    }
  }
  return kept.size === 0 ? undefined : [...kept].map(([name, value]) => `${name}: ${value}`).join('; ');
}
