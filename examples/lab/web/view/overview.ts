import { html, type SafeHtml } from 'bulwark/html';
import type { Summary } from '../../report/summary.ts';
import { famous } from '../famous.ts';
import { idOf } from '../place-id.ts';
import { composer } from './composer.ts';
import { icon } from './icon.ts';
import { layout } from './layout.ts';
import { runChart } from './run-chart.ts';
import { runState } from './run-state.ts';
import { runTable } from './run-table.ts';
import { side } from './side.ts';
import { tiles } from './tiles.ts';
import { linkTo, plural, type View } from './view.ts';

export function overview(view: View): string {
  const summary = view.run.summary();
  const main = html`<section class="hero">
<p class="eyebrow">One shop, written twice, under the same attacks</p>
${headline(summary)}
<p class="lead">Pick an attack below to fire it at both shops. You see what the undefended one lost, how the defended one answered, and where their code differs.</p>
</section>
${runState(view)}
${tiles(summary)}
<div class="columns">
<div class="column">
<section aria-labelledby="pick">
<h2 id="pick">Pick an attack</h2>
<ul class="cards">${famous.map((attack) => card(view, attack))}</ul>
</section>
<section class="panel" aria-labelledby="own">
<h2 id="own">Or write your own</h2>
${composer(view, undefined)}
</section>
<section class="panel" aria-labelledby="run">
<h2 id="run">Every attack of the run, in order</h2>
${runChart(summary)}
<h3>By endpoint</h3>
${runTable(summary)}
</section>
</div>
${side(view, undefined)}
</div>`;
  return layout(view, 'Attack both', main);
}

function headline({ total }: Summary): SafeHtml {
  if (total.fired === 0) return html`<h1>Attack a shop, and the same shop with Bulwark.</h1>`;
  return html`<h1><span class="bad-text">${plural(total.undefendedLost, 'attack')}</span> got through. With Bulwark, <span class="good-text">${total.defendedLost === 0 ? 'none' : total.defendedLost} did</span>.</h1>`;
}

function card(view: View, { title, says, place, payload }: (typeof famous)[number]): SafeHtml {
  return html`<li><form method="post" action="${linkTo(view, 'duels')}" data-busy="Firing">
<input type="hidden" name="place" value="${idOf(place)}"><input type="hidden" name="payload" value="${payload}">
<span class="group">${place.group}</span>
<h3>${title}</h3>
<p>${says}</p>
<code class="payload">${payload}</code>
<button class="fire" aria-label="Fire: ${title}">${icon('bolt')} Fire</button>
</form></li>`;
}
