import { html, type SafeHtml } from 'bulwark/html';
import type { Summary } from '../../report/summary.ts';

/** The figures of the run. */
export function tiles({ total, legitimate }: Summary): SafeHtml {
  return html`<dl class="tiles">
${tile('Attacks fired at each', total.fired, 'plain')}
${tile('Undefended lost', total.undefendedLost, 'bad')}
${tile('Defended lost', total.defendedLost, 'good')}
${tile(`Honest requests of ${legitimate.of} answered alike`, legitimate.alike, 'plain')}
</dl>`;
}

function tile(name: string, figure: number, mood: 'plain' | 'good' | 'bad'): SafeHtml {
  return html`<div class="tile ${mood}"><dt>${name}</dt><dd>${figure.toLocaleString('en')}</dd></div>`;
}
