import { html, type SafeHtml } from 'bulwark/html';
import type { Summary } from '../../report/summary.ts';

/** The figures of the run. */
export function tiles({ total, legitimate }: Summary): SafeHtml {
  return html`<dl class="tiles">
${tile('Attacks fired at each shop', total.fired, 'plain', 'fired')}
${tile('Got through to the undefended shop', total.undefendedLost, 'bad', 'undefendedLost')}
${tile('Got through to the defended shop', total.defendedLost, 'good', 'defendedLost')}
${legitimate.of > 0 ? tile(`of ${legitimate.of} honest requests answered alike`, legitimate.alike, 'plain', 'alike') : undefined}
</dl>`;
}

function tile(name: string, figure: number, mood: 'plain' | 'good' | 'bad', id: string): SafeHtml {
  return html`<div class="tile ${mood}"><dt>${name}</dt><dd id="figure-${id}">${figure.toLocaleString('en')}</dd></div>`;
}
