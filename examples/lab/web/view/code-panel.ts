import { html, type SafeHtml } from 'bulwark/html';
import type { CodeSpot } from '../../attack/attack.ts';
import type { Guard } from '../../run/replacement.ts';
import { type CodeRow, compareCode } from '../compare-code.ts';
import type { CodeLine } from '../highlight.ts';

/** The guards in whose absence a file's undefended twin runs in its place. */
const swappedBy: Readonly<Record<string, readonly Guard[]>> = {
  'store.ts': ['sql'],
  'pages.ts': ['html'],
  // The undefended pages have the undefended rich text.
  'rich-text.ts': ['sanitizer', 'html'],
  'preview.ts': ['fetch'],
  'session.ts': ['session'],
  'password.ts': ['password'],
  'public/hello.js': ['front-end'],
  'public/people.js': ['front-end'],
};

/** The lines in which the two applications differ, side by side. */
export function codePanel(spot: CodeSpot, out: readonly Guard[]): SafeHtml {
  const { blocks } = compareCode(spot);
  const isOut = swappedBy[spot.file]?.some((guard) => out.includes(guard));
  const id = `code-${spot.file.replace(/\W/g, '-')}`;
  return html`<section class="panel compare" aria-labelledby="${id}">
<h2 id="${id}">What differs in <code>${spot.file}</code>${spot.name === undefined ? undefined : html`, <code>${spot.name}</code>`}</h2>
${isOut ? html`<p class="hint">The defended code was taken out for this attack: the code on the left ran instead.</p>` : undefined}
<div class="sides" tabindex="0" role="region" aria-label="Code of both, side by side"><table class="diff">
<thead><tr><th scope="col">Undefended</th><th scope="col">Defended</th></tr></thead>
${blocks.map((rows) => html`<tbody>${rows.map(codeRow)}</tbody>`)}
</table></div>
</section>`;
}

function codeRow({ changed, undefended, defended }: CodeRow): SafeHtml {
  return html`<tr><td class="${{ removed: changed && undefended !== undefined, empty: !undefended }}">${codeLine(undefended)}</td><td class="${{ added: changed && defended !== undefined, empty: !defended }}">${codeLine(defended)}</td></tr>`;
}

function codeLine(line: CodeLine | undefined): SafeHtml {
  return html`<code>${line?.map(({ text, kind }) => (kind === 'plain' ? text : html`<span class="t-${kind}">${text}</span>`))}</code>`;
}
