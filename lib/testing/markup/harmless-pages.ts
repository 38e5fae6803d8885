import { type ActiveContent, activeContent, type Given } from './active-content.ts';
import { markupShape } from './markup-shape.ts';
import { type Reading, readingsFor } from './readings.ts';

/** How a page is not as it is for harmless values. */
export type Difference =
  | { readonly kind: 'runs'; readonly more: boolean; readonly found: ActiveContent }
  | { readonly kind: 'changed'; readonly expected: string; readonly actual: string };

/** What the application makes of values that are harmless: what it varies in there, it may vary in. */
export interface HarmlessPages {
  readonly isEmpty: boolean;
  add(markup: string): void;
  /** @param anyMarkup elements may come with the value; what runs is compared alone */
  compare(markup: string, anyMarkup: boolean): Difference | undefined;
}

/** Of one reading: each harmless page as a list of lines, and which of the lines are not in all of them as often. */
interface Lines {
  readonly pages: readonly (readonly string[])[];
  readonly varying: ReadonlySet<string>;
}

export function harmlessPages(given: Given): HarmlessPages {
  const texts: string[] = [];
  const shapes = new Map<Reading, Lines>();
  const active = new Map<Reading, Lines>();
  const known = (kept: Map<Reading, Lines>, reading: Reading, linesOf: (text: string) => string[]): Lines => {
    const found = kept.get(reading) ?? linesIn(texts.map(linesOf));
    kept.set(reading, found);
    return found;
  };

  return {
    get isEmpty() {
      return texts.length === 0;
    },
    add(markup) {
      texts.push(markup);
      shapes.clear();
      active.clear();
    },
    compare(markup, anyMarkup) {
      for (const reading of readingsFor(markup)) {
        const elements = reading.read(markup);
        const runs = activeContent(elements, reading, given);
        const before = known(active, reading, (text) =>
          activeContent(reading.read(text), reading, given).map(lineOf),
        );
        const found = added(before, runs);
        if (found) return { kind: 'runs', more: hasMore(before, runs, found.kind), found };
        if (anyMarkup) continue;
        const lines = known(shapes, reading, (text) => [...markupShape(reading.read(text), reading)]);
        const change = changed(lines, markupShape(elements, reading));
        if (change) return { kind: 'changed', ...change };
      }
      return undefined;
    },
  };
}

const lineOf = ({ kind, shape }: ActiveContent): string => `${kind}\n${shape}`;

function linesIn(pages: readonly (readonly string[])[]): Lines {
  const counts = pages.map(countsOf);
  const all = new Set(pages.flat());
  const varying = [...all].filter((line) => counts.some((count) => count.get(line) !== counts[0]?.get(line)));
  return { pages, varying: new Set(varying) };
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** The first of which there is more than in a harmless page, or whose code is another. */
function added({ pages, varying }: Lines, now: readonly ActiveContent[]): ActiveContent | undefined {
  // What does not vary is in each of them as often.
  const left = countsOf(pages[0] ?? []);
  return now.find((found) => {
    const line = lineOf(found);
    if (varying.has(line)) return false;
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count === 0;
  });
}

function hasMore({ pages }: Lines, now: readonly ActiveContent[], kind: string): boolean {
  const most = Math.max(...pages.map((page) => page.filter((line) => line.startsWith(`${kind}\n`)).length));
  return now.filter((found) => found.kind === kind).length > most;
}

/** What varies may be there or not; the rest is there, and in the order of a harmless page. */
function changed(
  { pages, varying }: Lines,
  page: readonly string[],
): { readonly expected: string; readonly actual: string } | undefined {
  const end = 'the end of the page';
  const fixed = (lines: readonly string[]): string[] => lines.filter((line) => !varying.has(line));
  const now = fixed(page);
  let first: { expected: string; actual: string } | undefined;
  for (const before of pages.map(fixed)) {
    const length = Math.max(before.length, now.length);
    let at = 0;
    while (at < length && before[at] === now[at]) at++;
    if (at === length) return undefined;
    first ??= { expected: (before[at] ?? end).trim(), actual: (now[at] ?? end).trim() };
  }
  return first;
}
