import { html, type SafeHtml } from 'bulwark/html';
import type { Summary } from '../../report/summary.ts';

/** The run by place. */
export function runTable({ groups, total }: Summary): SafeHtml {
  const sums = [...groups, { group: 'All', endpoint: '', ...total }];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The run by endpoint"><table>
<thead><tr><th scope="col">Attack</th><th scope="col">Endpoint</th><th scope="col" class="figure">Fired</th><th scope="col" class="figure">Undefended lost</th><th scope="col" class="figure">Defended lost</th><th scope="col" class="figure">Events</th></tr></thead>
<tbody>${sums.map(
    (sum) =>
      html`<tr><th scope="row">${sum.group}</th><td><code>${sum.endpoint}</code></td><td class="figure">${sum.fired}</td><td class="${['figure', { 'bad-text': sum.undefendedLost > 0 }]}">${sum.undefendedLost}</td><td class="${['figure', sum.defendedLost > 0 ? 'bad-text' : 'good-text']}">${sum.defendedLost}</td><td class="figure">${sum.events}</td></tr>`,
  )}</tbody>
</table></div>`;
}
