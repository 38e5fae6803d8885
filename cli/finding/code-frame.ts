import type { Place } from './finding.ts';
import type { LineOf } from './source-lines.ts';
import { cells, visible } from './visible.ts';

/** A line of code with the marked part apart, all of it visible. */
export interface FrameLine {
  readonly line: number;
  readonly before: string;
  /** Empty for a line that only surrounds the place. */
  readonly marked: string;
  readonly after: string;
}

/** How much of a line is shown: of a minified one, the part around the place. */
const widest = 160;
/** What stands in front of the place in a line that is cut. */
const lead = 60;

/** The first line of the place, with `around` lines on both sides, if they are not empty. Empty if the file is not at hand. */
export function codeFrame(lineOf: LineOf, place: Place, around: number): FrameLine[] {
  const frame: FrameLine[] = [];
  for (let line = place.line - around; line <= place.line + around; line++) {
    const text = lineOf(place.path, line);
    if (text === undefined || (line !== place.line && text.trim() === '')) continue;
    const start = line === place.line ? place.column - 1 : text.length;
    const end = line !== place.line ? text.length : place.endLine > line ? text.length : place.endColumn - 1;
    frame.push({ line, ...marked(text, start, end, line === place.line) });
  }
  return frame;
}

/** The line under a marked one: carets below the part, by the cells of a terminal. */
export function caretsOf({ before, marked }: FrameLine): string {
  return `${' '.repeat(cells(before))}${'^'.repeat(Math.max(1, cells(marked)))}`;
}

function marked(
  text: string,
  start: number,
  end: number,
  isPlace: boolean,
): Pick<FrameLine, 'before' | 'marked' | 'after'> {
  if (!isPlace) return { before: shown(text.slice(0, widest)) + cutAt(text, widest), marked: '', after: '' };
  const from = Math.min(Math.max(start, 0), text.length);
  const first = text.length > widest ? Math.max(0, from - lead) : 0;
  const last = Math.min(text.length, first + widest);
  const to = Math.min(Math.max(end, from), last);
  return {
    before: (first > 0 ? '...' : '') + shown(text.slice(first, from)),
    marked: shown(text.slice(from, to)),
    after: shown(text.slice(to, last)) + cutAt(text, last),
  };
}

function shown(text: string): string {
  return visible(text.replaceAll('\t', '  '));
}

function cutAt(text: string, at: number): string {
  return text.length > at ? '...' : '';
}
