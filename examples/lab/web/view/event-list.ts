import type { SecurityEvent } from 'bulwark/event';
import { html, type SafeHtml } from 'bulwark/html';
import type { View } from './view.ts';

const shown = 20;

/** What the defended application reports; the page's script puts new ones on top. */
export function eventList(view: View): SafeHtml {
  return html`<section class="panel" aria-labelledby="live">
<h2 id="live">Events <span class="live" id="stream-state">not live</span></h2>
<p class="hint">Each refusal of the defended shop, as it happens. Visit it and try.</p>
<div class="log" role="log" aria-label="Events, the newest first" tabindex="0"><ol class="events" id="events">${view.controls.events.slice(0, shown).map(eventEntry)}</ol></div>
</section>`;
}

/** The same as lab.js makes of an event that comes later. */
function eventEntry({ time, code, severity, count, request, evidence }: SecurityEvent): SafeHtml {
  const about = Object.entries(evidence).map(([name, value]) => `${name}: ${value}`);
  return html`<li><span class="row"><code class="code">${code}</code><span class="severity ${severity}">${severity}</span></span>
<span class="row"><span>${request?.method} ${request?.route}${count > 1 ? ` x ${count}` : ''}</span><time datetime="${time}">${time.slice(11, 19)}</time></span>
${about.length > 0 ? html`<span class="about">${about.join(', ').slice(0, 200)}</span>` : undefined}</li>`;
}
