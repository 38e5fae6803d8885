import { html, type SafeHtml } from 'bulwark/html';
import type { AttackLine, Summary } from '../../report/summary.ts';

const size = { width: 720, above: 90, below: 60, bins: 72 };

interface Bin {
  fired: number;
  lost: number;
  events: number;
  defendedLost: number;
}

/**
 * The run over time: above the line what was fired and what of it the undefended application lost, below it what the
 * defended one refused with an event.
 */
export function runChart({ attacks, total }: Summary): SafeHtml {
  const bins = binsOf(attacks);
  const tallest = Math.max(1, ...bins.map(({ fired }) => fired));
  const deepest = Math.max(1, ...bins.map(({ events }) => events));
  const step = size.width / size.bins;
  const bar = (i: number, y: number, height: number, kind: string): SafeHtml | undefined =>
    height > 0
      ? html`<rect class="${kind}" x="${(i * step + 1).toFixed(1)}" y="${y.toFixed(1)}" width="${(step - 2).toFixed(1)}" height="${height.toFixed(1)}"/>`
      : undefined;
  const bars = bins.map(({ fired, lost, events }, i) => {
    const [up, upLost] = [(fired / tallest) * size.above, (lost / tallest) * size.above];
    const down = (events / deepest) * size.below;
    return html`${bar(i, size.above - up, up, 'fired')}${bar(i, size.above - upLost, upLost, 'lost')}${bar(i, size.above + 2, down, 'refused')}`;
  });
  const seconds = Math.round((attacks.at(-1)?.at ?? 0) / 1000);
  const says = `${total.fired} attacks in ${seconds} seconds: the undefended shop lost ${total.undefendedLost}, the defended one ${total.defendedLost}, and wrote ${total.events} events. The table below has the figures.`;
  return html`<figure class="chart">
<svg viewBox="0 0 720 152" role="img" aria-label="${says}">${bars}<path class="axis" d="M0 91H720"/></svg>
<figcaption><span class="key"><span class="swatch fired"></span>fired</span><span class="key"><span class="swatch lost"></span>undefended lost</span><span class="key"><span class="swatch refused"></span>events of the defended</span><span class="span">0 to ${seconds} s</span></figcaption>
</figure>`;
}

function binsOf(attacks: readonly AttackLine[]): readonly Bin[] {
  const bins = Array.from(
    { length: size.bins },
    (): Bin => ({ fired: 0, lost: 0, events: 0, defendedLost: 0 }),
  );
  const end = Math.max(1, ...attacks.map(({ at }) => at + 1));
  for (const { at, undefended, defended, events } of attacks) {
    const bin = bins[Math.min(size.bins - 1, Math.floor((at / end) * size.bins))];
    if (!bin) continue;
    bin.fired++;
    if (undefended.lost !== undefined) bin.lost++;
    if (defended.lost !== undefined) bin.defendedLost++;
    bin.events += events.length;
  }
  return bins;
}
