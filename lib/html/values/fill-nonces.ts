import { escapeHtml } from './escape.ts';

/** Fills the slots of markup: see `slots.ts`. One that stands in a `srcdoc` has a NUL for each level of it. */
export function fillNonces(markup: string, attribute: string): string {
  return markup.replace(/\0+/g, ({ length }) => {
    let text = attribute;
    for (let depth = 1; depth < length; depth++) text = escapeHtml(text);
    return text;
  });
}
