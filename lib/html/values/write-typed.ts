import type { Around, Hole } from '../template/hole.ts';
import { misuseAt } from '../template/template-misuse.ts';
import { escapeHtml } from './escape.ts';
import { resourceUrlText } from './resource-url-type.ts';
import { contentOf } from './safe-html.ts';
import { scriptText } from './safe-script-type.ts';
import { styleText } from './safe-style-type.ts';
import { escapeSlotted } from './slots.ts';
import { writeStyle } from './write-style.ts';
import type { Written } from './written.ts';

type TypedHole = Extract<Hole, { kind: 'style' | 'resource-url' | 'srcdoc' | 'script' | 'style-sheet' }>;

/** A hole that takes one type of value, whatever the text around it; anything else is the programmer's mistake. */
export function writeTyped(hole: TypedHole, value: unknown, written: Written): string {
  switch (hole.kind) {
    case 'script': {
      if (isAbsent(value)) return '';
      const text = scriptText(value);
      if (text !== undefined) return text;
      throw misuseAt('html/hole-in-script', hole.spot);
    }
    case 'style-sheet': {
      if (isAbsent(value)) return '';
      const text = styleText(value);
      if (text !== undefined) return text;
      throw misuseAt('html/hole-in-style', hole.spot, sheetFix);
    }
    default:
      return isAbsent(value) ? '' : within(hole.around, typedAttribute(hole, value, written));
  }
}

function typedAttribute(
  hole: Extract<TypedHole, { around: Around }>,
  value: unknown,
  written: Written,
): string {
  if (hole.kind === 'resource-url') {
    const url = resourceUrlText(value);
    if (url !== undefined) return escapeHtml(url);
    throw misuseAt('html/resource-url', hole.spot);
  }
  if (hole.kind === 'srcdoc') {
    const content = contentOf(value);
    if (content === undefined || content.lates)
      throw misuseAt('html/unsupported-attribute', hole.spot, srcdocFix);
    written.slotted ||= content.slotted;
    return content.slotted ? escapeSlotted(content.markup) : escapeHtml(content.markup);
  }
  const text = styleText(value);
  if (text !== undefined) return escapeHtml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlain(value)) {
    throw misuseAt('html/hole-in-style', hole.spot, styleFix);
  }
  return escapeHtml(writeStyle(value, hole.place));
}

/** What leaves an attribute or a content out, so that `${wanted && script}` can be written. */
function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value === false;
}

function within({ open, close }: Around, text: string): string {
  return open + text + close;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

const srcdocFix = `Give srcdoc a SafeHtml that waits for nothing: srcdoc="\${html\`...\`}".`;
const styleFix = `Give style a record, style="\${{ width: '40%' }}", or a SafeStyle of safeStyle\`...\`.`;
const sheetFix = `Give the <style> one SafeStyle of safeStyle\`...\` as its content.`;
