import { lineCounter } from '../kit/key-lines.ts';

export interface SectionLines {
  /** The first line of each key that is indented by two spaces. */
  readonly lines: ReadonlyMap<string, number>;
  /** Keys that occur twice in their section, which only a wrong merge makes. */
  readonly twice: readonly { readonly key: string; readonly line: number }[];
}

const mostTwice = 5;

/** The lines of the keys in the sections of a document of a `pnpm-lock.yaml`, which its parser does not tell. */
export function sectionLines(text: string): SectionLines {
  const lines = new Map<string, number>();
  const twice: { key: string; line: number }[] = [];
  const counter = lineCounter(text);
  const sections = new Set<string>();
  let inSection = new Set<string>();
  for (const match of text.matchAll(
    /^(?: {2})?(?:'((?:[^'\n]|'')+)'|"([^"\n]+)"|([^\s'"#-][^\n]*?)):(?= |\r?$)/gm,
  )) {
    const [whole, single, double, plain] = match;
    const key = single?.replaceAll("''", "'") ?? double ?? plain ?? '';
    const line = counter(match.index + 1);
    const isSection = !whole.startsWith('  ');
    const known = isSection ? sections : inSection;
    if (known.has(key) && twice.length < mostTwice) twice.push({ key, line });
    known.add(key);
    if (isSection) {
      inSection = new Set();
      continue;
    }
    if (!lines.has(key)) lines.set(key, line);
  }
  return { lines, twice };
}
