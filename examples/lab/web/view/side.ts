import { html, type SafeHtml } from 'bulwark/html';
import type { Duel } from '../controls.ts';
import { eventList } from './event-list.ts';
import { switches } from './switches.ts';
import { timeline } from './timeline.ts';
import type { View } from './view.ts';

/** What stands beside every page: the guards, the visitor's own attacks, and what the defended application reports. */
export function side(view: View, duel: Duel | undefined): SafeHtml {
  return html`<aside class="side" aria-label="Guards, timeline and events">
${switches(view, duel)}
${timeline(view, duel)}
${eventList(view)}
</aside>`;
}
