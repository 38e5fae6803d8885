import { html, type SafeHtml } from 'bulwark/html';
import type { AttackLine, Summary } from '../../report/summary.ts';

const size = { width: 720, above: 84, below: 56, mostBins: 90 };

interface Bin {
  readonly fired: number;
  readonly lost: number;
  readonly events: number;
}

/**
 * The run, attack by attack: above the line the share that the undefended application lost, below it what the defended
 * one refused with an event.
 */
export function runChart({ attacks, total }: Summary): SafeHtml {
  const bins = binsOf(attacks);
  const step = size.width / Math.max(1, bins.length);
  const deepest = Math.max(1, ...bins.map(({ events }) => events));
  const bar = (i: number, y: number, height: number, kind: string): SafeHtml | undefined =>
    height > 0
      ? html`<rect class="${kind}" x="${(i * step + 0.75).toFixed(2)}" y="${y.toFixed(1)}" width="${(step - 1.5).toFixed(2)}" height="${height.toFixed(1)}"/>`
      : undefined;
  const bars = bins.map(({ fired, lost, events }, i) => {
    const up = (lost / fired) * size.above;
    const down = (events / deepest) * size.below;
    return html`${bar(i, 0, size.above, 'fired')}${bar(i, size.above - up, up, 'lost')}${bar(i, size.above + 3, down, 'refused')}`;
  });
  const seconds = Math.round(Math.max(0, ...attacks.map(({ at }) => at)) / 1000);
  const says = `${total.fired} attacks in ${seconds} seconds: the undefended shop lost ${total.undefendedLost}, the defended one ${total.defendedLost}, and wrote ${total.events} events. The table has the figures.`;
  return html`<figure class="chart">
<svg viewBox="0 0 720 164" role="img" aria-label="${says}">${bars}<path class="axis" d="M0 85.5H720"/>${bands(attacks)}</svg>
<figcaption><span class="key"><span class="swatch fired"></span>fired</span><span class="key"><span class="swatch lost"></span>undefended lost</span><span class="key"><span class="swatch refused"></span>events of the defended</span><span class="span">${total.fired.toLocaleString('en')} attacks in ${seconds} s</span></figcaption>
</figure>`;
}

/** As many attacks in each, but for the last. */
function binsOf(attacks: readonly AttackLine[]): readonly Bin[] {
  const each = Math.ceil(attacks.length / size.mostBins);
  const bins: Bin[] = [];
  for (let at = 0; at < attacks.length; at += each) {
    const part = attacks.slice(at, at + each);
    bins.push({
      fired: part.length,
      lost: part.filter(({ undefended }) => undefended.lost !== undefined).length,
      events: part.reduce((sum, { events }) => sum + events.length, 0),
    });
  }
  return bins;
}

/** Where each kind of attack begins; one that is too narrow for its name has none. */
function bands(attacks: readonly AttackLine[]): readonly SafeHtml[] {
  const widthOf = (count: number): number => (count / Math.max(1, attacks.length)) * size.width;
  const marks: SafeHtml[] = [];
  for (let at = 0; at < attacks.length; ) {
    const { group } = attacks[at] as AttackLine;
    const end = attacks.findIndex((attack, i) => i > at && attack.group !== group);
    const count = (end === -1 ? attacks.length : end) - at;
    if (widthOf(count) >= 60) {
      marks.push(html`<text class="band" x="${widthOf(at).toFixed(1)}" y="160">${group}</text>`);
    }
    at += count;
  }
  return marks;
}
