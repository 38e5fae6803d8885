import { html, type SafeHtml } from 'bulwark/html';
import { lossOf } from '../../report/summary.ts';
import type { Duel } from '../controls.ts';
import { guards } from '../guards.ts';
import { linkTo, type View } from './view.ts';

const shown = 12;

/** The visitor's own attacks, the newest first. */
export function timeline(view: View, current: Duel | undefined): SafeHtml {
  const { duels } = view.controls;
  return html`<section class="panel" aria-labelledby="timeline">
<h2 id="timeline">Your attacks</h2>
<p class="hint">What each did to the undefended shop, and to the defended one.</p>
${
  duels.length === 0
    ? undefined
    : html`<ol class="timeline">${duels.slice(0, shown).map((duel) => entry(view, duel, duel === current))}</ol>`
}
</section>`;
}

function entry(view: View, duel: Duel, isCurrent: boolean): SafeHtml {
  const [theirs, ours] = [lossOf(duel.undefended), lossOf(duel.defended)];
  const names = guards.filter(({ guard }) => duel.out.includes(guard)).map(({ label }) => label);
  return html`<li class="${{ current: isCurrent }}"><a href="${linkTo(view, `duels/${duel.id}`)}" aria-current="${isCurrent ? 'page' : undefined}">
<time datetime="${duel.time.toISOString()}">${duel.time.toTimeString().slice(0, 8)}</time>
<span class="what"><b>${duel.place.endpoint}</b><code>${duel.payload.slice(0, 60)}</code></span>
<span class="marks"><span class="dot ${theirs === undefined ? 'none' : 'bad'}"></span><span class="hidden">Undefended: ${theirs ?? 'nothing lost'}.</span><span class="dot ${ours === undefined ? 'good' : 'bad'}"></span><span class="hidden">Defended: ${ours ?? 'nothing lost'}.</span></span>
${names.length > 0 ? html`<span class="without">without ${names.join(', ')}</span>` : undefined}
</a></li>`;
}
