import { html, type SafeHtml } from 'bulwark/html';
import type { Duel } from '../controls.ts';
import { guards } from '../guards.ts';
import { icon } from './icon.ts';
import { linkTo, type View } from './view.ts';

/** A switch for each guard. With an attack on the page, it is fired again after each change. */
export function switches(view: View, duel: Duel | undefined): SafeHtml {
  const { out } = view.controls;
  return html`<section class="panel" aria-labelledby="guards">
<h2 id="guards">Guards</h2>
<p class="hint">${duel ? 'Take a guard out, and the attack is fired again.' : 'Take a guard out, and see which attacks land.'}</p>
<form method="post" action="${linkTo(view, 'guards')}" data-busy="Restarting">
<input type="hidden" name="back" value="${view.path}">
${duel ? html`<input type="hidden" name="again" value="${duel.id}">` : undefined}
<ul class="switches">${guards.map(({ guard, label, does }) => {
    const isIn = !out.has(guard);
    return html`<li><button role="switch" autofocus="${view.used === guard}" aria-checked="${String(isIn)}" aria-describedby="does-${guard}" name="toggle" value="${guard}"><span class="name">${label}</span><span class="track"><span class="knob"></span></span></button><span class="does" id="does-${guard}">${does}</span></li>`;
  })}</ul>
${out.size > 0 ? html`<button class="quiet" name="toggle" value="all">${icon('again')} Put all back</button>` : undefined}
</form>
<form method="post" action="${linkTo(view, 'reset')}" data-busy="Resetting">
<input type="hidden" name="back" value="${view.path}">
<button class="quiet">${icon('again')} Reset both databases</button>
</form>
</section>`;
}
