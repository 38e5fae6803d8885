import { readFileSync } from 'node:fs';

/** The style sheets of the page, in the order in which they apply. */
export const styleSheets = ['base', 'frame', 'overview', 'controls', 'duel', 'side', 'narrow'] as const;

/** All of them as one text. */
export function styleText(): string {
  return styleSheets
    .map((name) => readFileSync(new URL(`./public/${name}.css`, import.meta.url), 'utf8'))
    .join('\n');
}
