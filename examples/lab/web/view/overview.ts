import { html, type SafeHtml } from 'bulwark/html';
import { famous } from '../famous.ts';
import { idOf } from '../place-id.ts';
import { composer } from './composer.ts';
import { icon } from './icon.ts';
import { layout } from './layout.ts';
import { runChart } from './run-chart.ts';
import { runTable } from './run-table.ts';
import { side } from './side.ts';
import { tiles } from './tiles.ts';
import { linkTo, plural, type View } from './view.ts';

export function overview(view: View): string {
  const { total } = view.summary;
  const main = html`<section class="hero">
<p class="eyebrow">One shop, written twice, under the same attacks</p>
<h1><span class="bad-text">${plural(total.undefendedLost, 'attack')}</span> got through. With Bulwark, <span class="good-text">${total.defendedLost === 0 ? 'none' : total.defendedLost} did</span>.</h1>
<p class="lead">Pick an attack below and it is fired at both, now. You see what the undefended shop lost, what the defended one answered, and the lines of code in which the two differ.</p>
</section>
${tiles(view.summary)}
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
<h2 id="run">The run, from the first attack to the last</h2>
${runChart(view.summary)}
<h3>By place</h3>
${runTable(view.summary)}
</section>
</div>
${side(view, undefined)}
</div>`;
  return layout(view, 'Attack both', main);
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
