import { Misuse } from '../refusal/misuse.ts';
import { requireStyle } from './template/raw-text.ts';
import { requireTemplate } from './template/require-template.ts';
import { type SafeStyle, trustStyle } from './values/safe-style-type.ts';

/**
 * The content of a `<style>`, or of a `style` attribute, from a literal without values.
 *
 * @throws Misuse `html/unsafe-literal` for `</` and `<!--`
 *
 * @example
 * ```ts
 * import { html, render, safeStyle } from 'bulwark/html';
 *
 * const sheet = safeStyle`body { margin: 0 }`;
 * render(html`<style>${sheet}</style>`); // '<style>body { margin: 0 }</style>'
 * ```
 */
export function safeStyle(strings: TemplateStringsArray, ...values: never[]): SafeStyle {
  requireTemplate(strings, values.length, 'safeStyle');
  if (values.length > 0) throw new Misuse('html/unsafe-literal', undefined, { hint: noHoles });
  return trustStyle(requireStyle(strings[0] as string));
}

const noHoles = `A style sheet takes no values. Set a custom property: style="\${{ '--size': size }}".`;
