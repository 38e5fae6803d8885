import { html, type SafeHtml } from 'bulwark/html';
import type { Duel } from '../controls.ts';
import { type MarkedPiece, mark } from '../mark.ts';
import { readAnswer } from '../read-answer.ts';
import { whereItStands } from '../where-it-stands.ts';
import { linkTo, type View } from './view.ts';

/** What an application answered: a picture, and where the payload stands in it, or the rows and words that came back. */
export function whatCameBack(view: View, duel: Duel, which: 'undefended' | 'defended'): SafeHtml | undefined {
  const { shown, lost } = duel[which];
  if (!shown) return undefined;
  const picture = shown.screenshot
    ? html`<img class="screen" src="${linkTo(view, `duels/${duel.id}/${which}.png`)}" alt="${`The victim's browser, with the page of the ${which} shop`}" width="600" height="340">`
    : undefined;
  if (duel.place.group === 'XSS') {
    const pieces = whereItStands(shown.body, duel.payload);
    const inPage = pieces
      ? html`<pre class="answer" tabindex="0" role="region" aria-label="Source of the page, ${which}">${marked(pieces, lost !== undefined)}</pre>`
      : html`<p class="hint">The payload does not appear in the page.</p>`;
    return html`${picture}<h3>In the page</h3>${inPage}`;
  }
  if (picture) return picture;
  const answer = readAnswer(shown);
  const secrets = view.controls.secrets(which);
  if (answer.kind === 'text') {
    return answer.text === ''
      ? undefined
      : html`<h3>What came back</h3><pre class="answer" tabindex="0" role="region" aria-label="What came back, ${which}">${marked(mark(answer.text, secrets), true)}</pre>`;
  }
  if (answer.rows.length === 0) return html`<h3>What came back</h3><p class="hint">A table without rows.</p>`;
  return html`<h3>What came back</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Rows that came back, ${which}"><table class="rows">
<thead><tr>${answer.head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${answer.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${marked(mark(cell, secrets), true)}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

function marked(pieces: readonly MarkedPiece[], isLoss: boolean): SafeHtml {
  const kind = isLoss ? 'stolen' : 'harmless';
  return html`${pieces.map((piece) => (piece.marked ? html`<mark class="${kind}">${piece.text}</mark>` : piece.text))}`;
}
