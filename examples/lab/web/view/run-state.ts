import { html, type SafeHtml } from 'bulwark/html';
import type { RunProgress } from '../../run/run-progress.ts';
import { linkTo, type View } from './view.ts';

/** What the page's script shows anew each second. */
export interface RunFigures {
  readonly doing: string;
  readonly done: number;
  readonly of: number;
  readonly finished: boolean;
  readonly figures: {
    readonly fired: number;
    readonly undefendedLost: number;
    readonly defendedLost: number;
    readonly events: number;
  };
}

export function figuresOf(run: RunProgress): RunFigures {
  const { doing, done, of, finished } = run;
  return { doing, done, of, finished, figures: run.summary().total };
}

/** How far the run is; nothing once it is finished. */
export function runState(view: View): SafeHtml | undefined {
  const { doing, done, of, finished } = view.run;
  if (finished) return undefined;
  return html`<section class="panel running" aria-label="Progress of the run" data-run="${linkTo(view, 'run')}">
<p><b id="run-doing">${doing}</b> <span id="run-count">${countOf(done, of)}</span></p>
<progress id="run-progress" aria-label="Attacks fired" max="${Math.max(1, of)}" value="${done}"></progress>
<p class="hint" id="run-hint">The figures below grow as the run goes on. You need not wait: fire an attack of your own. <a href="${linkTo(view, '')}">Reload the page</a> to update the chart.</p>
</section>`;
}

const countOf = (done: number, of: number): string =>
  of === 0 ? '' : `${done.toLocaleString('en')} of ${of.toLocaleString('en')}`;
