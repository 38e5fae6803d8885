import { diffArrays } from 'diff';
import type { CodeSpot } from '../attack/attack.ts';
import { codeExcerpt } from './code-excerpt.ts';
import { type CodeLine, highlight } from './highlight.ts';

/** One row of two columns; a side without a line has nothing there. */
export interface CodeRow {
  readonly changed: boolean;
  readonly undefended?: CodeLine;
  readonly defended?: CodeLine;
}

export interface CodeComparison {
  readonly spot: CodeSpot;
  /** Rows that stand together; between two blocks, lines that are the same were left out. */
  readonly blocks: readonly (readonly CodeRow[])[];
}

/** Lines around a difference that are shown. */
const around = 2;

const seen = new Map<string, CodeComparison>();

/** The lines in which the two applications differ at one spot, side by side. */
export function compareCode(spot: CodeSpot): CodeComparison {
  const key = `${spot.file} ${spot.name ?? ''}`;
  const found = seen.get(key) ?? { spot, blocks: blocksOf(rowsOf(spot), spot.name === undefined) };
  seen.set(key, found);
  return found;
}

function rowsOf(spot: CodeSpot): CodeRow[] {
  const language = spot.file.endsWith('.js') ? 'javascript' : 'typescript';
  const [theirs, ours] = (['undefended', 'defended'] as const).map((side) =>
    codeExcerpt(side, spot).trimEnd(),
  );
  const [left, right] = [highlight(theirs ?? '', language), highlight(ours ?? '', language)];
  const rows: CodeRow[] = [];
  let [i, j] = [0, 0];
  const changes = diffArrays((theirs ?? '').split('\n'), (ours ?? '').split('\n'));
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at];
    if (!change) break;
    const count = change.value.length;
    if (!change.added && !change.removed) {
      for (let n = 0; n < count; n++) rows.push(row(false, left[i++], right[j++]));
      continue;
    }
    // What was removed and what came in its place stand beside each other.
    const next = changes[at + 1];
    const pair = next && next.added !== change.added && (next.added || next.removed) ? next : undefined;
    if (pair) at++;
    const removed = change.removed ? count : (pair?.value.length ?? 0);
    const added = change.added ? count : (pair?.value.length ?? 0);
    for (let n = 0; n < Math.max(removed, added); n++) {
      rows.push(row(true, n < removed ? left[i++] : undefined, n < added ? right[j++] : undefined));
    }
  }
  return rows;
}

function row(changed: boolean, undefended: CodeLine | undefined, defended: CodeLine | undefined): CodeRow {
  return { changed, ...(undefended && { undefended }), ...(defended && { defended }) };
}

/** A function is shown whole, a file where it differs. */
function blocksOf(rows: readonly CodeRow[], cut: boolean): (readonly CodeRow[])[] {
  if (!cut || rows.length <= 20) return [rows];
  const blocks: CodeRow[][] = [];
  let lastKept = -2;
  rows.forEach((one, i) => {
    if (!rows.slice(Math.max(0, i - around), i + around + 1).some(({ changed }) => changed)) return;
    if (i !== lastKept + 1) blocks.push([]);
    blocks.at(-1)?.push(one);
    lastKept = i;
  });
  return blocks;
}
