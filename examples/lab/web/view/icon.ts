import { html, type SafeHtml } from 'bulwark/html';

/** Shapes on a grid of 24, drawn as strokes. */
const shapes = {
  shield: ['M12 3 5 6v5c0 4.4 2.9 8.3 7 10 4.1-1.7 7-5.6 7-10V6z'],
  held: ['M12 3 5 6v5c0 4.4 2.9 8.3 7 10 4.1-1.7 7-5.6 7-10V6z', 'm8.8 11.8 2.3 2.3 4.2-4.4'],
  lost: ['M12 4 2.8 20h18.4z', 'M12 10v4.2', 'M12 17.2v.1'],
  same: ['M5 9h14', 'M5 15h14'],
  bolt: ['M13 3 5 13.5h6L10.5 21 19 10h-6z'],
  out: ['M9 5H5v14h14v-4', 'M13 5h6v6', 'M19 5l-9 9'],
  back: ['M10 6 4 12l6 6', 'M4 12h16'],
  again: ['M19 12a7 7 0 1 1-2.2-5.1', 'M19 4v4h-4'],
} as const;

export type IconName = keyof typeof shapes;

/** Says nothing to a screen reader: the words beside it do. */
export function icon(name: IconName): SafeHtml {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes[name].map((d) => html`<path d="${d}"/>`)}</svg>`;
}
