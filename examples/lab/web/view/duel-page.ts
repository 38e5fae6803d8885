import { html, type SafeHtml } from 'bulwark/html';
import { lossOf } from '../../report/summary.ts';
import type { Duel } from '../controls.ts';
import { nameOf } from '../corpus.ts';
import { guards } from '../guards.ts';
import { codePanel } from './code-panel.ts';
import { composer } from './composer.ts';
import { icon } from './icon.ts';
import { layout } from './layout.ts';
import { side } from './side.ts';
import { linkTo, type View } from './view.ts';
import { whatCameBack } from './what-came-back.ts';

/** One attack, and what it did to both. */
export function duelPage(view: View, duel: Duel): string {
  const { place, payload, time, tookMs } = duel;
  const name = nameOf(payload);
  const main = html`<section class="hero small">
<p><a class="back" href="${linkTo(view, '')}">${icon('back')} All attacks</a></p>
<p class="eyebrow">${place.group}${name === undefined ? undefined : html` - ${name}`}</p>
<h1>${headline(duel)}</h1>
<dl class="sent"><div><dt>Sent to</dt><dd><code>${place.endpoint}</code></dd></div><div class="wide"><dt>Payload</dt><dd><code class="payload">${payload}</code></dd></div><div><dt>Fired</dt><dd><time datetime="${time.toISOString()}">${time.toTimeString().slice(0, 8)}</time>, ${tookMs} ms</dd></div></dl>
<form method="post" action="${linkTo(view, 'duels')}" data-busy="Firing"><input type="hidden" name="again" value="${duel.id}"><button class="fire primary">${icon('again')} Fire again</button></form>
</section>
${withoutNote(view, duel)}
<div class="columns">
<div class="column">
<div class="pair">
${verdict(view, duel, 'undefended')}
${verdict(view, duel, 'defended')}
</div>
${place.code.map((spot) => codePanel(spot, duel.out))}
<section class="panel" aria-labelledby="own">
<h2 id="own">Edit the payload, or write your own</h2>
${composer(view, place.fixed ? undefined : duel)}
</section>
</div>
${side(view, duel)}
</div>`;
  const said = lossOf(duel.defended) ?? (lossOf(duel.undefended) ? 'only the undefended lost' : 'no loss');
  return layout(view, `${said}: ${place.group} at ${place.endpoint}`, main);
}

function headline({ undefended, defended, out }: Duel): SafeHtml {
  const [theirs, ours] = [undefended.lost, defended.lost];
  const noted = undefended.markup ?? undefended.reached;
  const held = lossOf(defended);
  if (ours !== undefined && theirs !== undefined && out.length > 0) {
    return html`Both fell: <span class="bad-text">${ours}</span>, because a guard was taken out.`;
  }
  if (ours !== undefined) return html`The defended shop fell: <span class="bad-text">${ours}</span>.`;
  if (held !== undefined && out.length > 0) {
    return html`The first line of defence fell, <span class="good-text">the second held</span>: ${held}, nothing more.`;
  }
  if (held !== undefined) return html`The defended shop: <span class="bad-text">${held}</span>.`;
  if (theirs === undefined && noted === undefined) {
    return html`<span class="good-text">Neither shop lost anything</span> that the lab can detect.`;
  }
  return html`Undefended: <span class="bad-text">${theirs ?? noted}</span>. Defended: <span class="good-text">nothing lost</span>.`;
}

function withoutNote(view: View, duel: Duel): SafeHtml | undefined {
  const { out } = view.controls;
  const isNow = duel.out.length === out.size && duel.out.every((guard) => out.has(guard));
  if (duel.out.length === 0 && isNow) return undefined;
  const names = guards.filter(({ guard }) => duel.out.includes(guard)).map(({ label }) => label);
  const then =
    names.length > 0 ? `${names.join(', ')} taken out of the defended shop` : 'all guards in place';
  return html`<p class="note">${icon('lost')} Fired with ${then}${isNow ? undefined : '; the guards have changed since'}.</p>`;
}

function verdict(view: View, duel: Duel, which: 'undefended' | 'defended'): SafeHtml {
  const outcome = duel[which];
  const loss = lossOf(outcome);
  return html`<section class="${['panel', 'verdict', loss === undefined ? 'good' : 'bad']}" aria-labelledby="${which}">
<h2 id="${which}">${which === 'defended' ? 'Defended' : 'Undefended'}</h2>
<p class="outcome">${icon(loss === undefined ? (which === 'defended' ? 'held' : 'same') : 'lost')} <b>${outcome.unconfirmed ? 'Not confirmed: this takes a browser' : (loss ?? 'Nothing lost')}</b></p>
<p class="answered">Answered <code>${outcome.answer}</code></p>
${whatCameBack(view, duel, which)}
${which === 'defended' ? eventsOf(duel) : undefined}
</section>`;
}

function eventsOf({ place, events, defended }: Duel): SafeHtml | undefined {
  if (events.length > 0) {
    const codes = [...new Set(events.map(({ code }) => code))];
    return html`<h3>Reported</h3><ul class="codes">${codes.map((code) => {
      const first = events.find((event) => event.code === code);
      return html`<li><code class="code">${code}</code> <span class="hint">CWE-${first?.cwe}, ${first?.severity}</span></li>`;
    })}</ul>`;
  }
  if (lossOf(defended) !== undefined) return undefined;
  const isData = place.group === 'SQL injection' || place.group === 'XSS' || place.group === 'SSRF';
  const why = isData ? 'bound or escaped, the payload is harmless data' : 'what was tried has no effect here';
  return html`<h3>Reported</h3><p class="hint">Nothing: ${why}.</p>`;
}
