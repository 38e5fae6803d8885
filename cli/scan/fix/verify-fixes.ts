import type { Finding, Place } from '../../finding/finding.ts';
import { textPlaces } from '../report/mask/text-places.ts';
import { applyEdits, movedOffset } from './edits.ts';
import type { FileFix } from './propose-fixes.ts';

/** Scans the project again, with these texts in place of those on disk, and returns all findings. */
export type Rescan = (changed: ReadonlyMap<string, string>) => Promise<readonly Finding[]>;

/** The maximum number of scans. Fixes that are undecided by then are left. */
const maxScans = 24;

/**
 * Returns the fixes that work. When all of these are applied, a new scan reports none of the findings that they should
 * fix, and no new finding. Fixes that fail are found by the lines of the findings that remain or are new, otherwise by
 * binary search. Fixes that are undecided after `maxScans` scans are left out.
 */
export async function verifyFixes(
  fixes: readonly FileFix[],
  sources: (path: string) => string | undefined,
  rescan: Rescan,
): Promise<readonly FileFix[]> {
  if (fixes.length === 0) return [];
  const before = await rescan(new Map());
  let scans = 0;
  let kept: readonly FileFix[] = [];
  const waiting: (readonly FileFix[])[] = [fixes];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    if (group.length === 0) continue;
    if (scans++ >= maxScans) break;
    const all = [...kept, ...group];
    const { wrong, isUnclear } = judge(all, before, await rescan(changedTexts(all, sources)), sources);
    const own = group.filter((fix) => wrong.has(fix));
    if (wrong.size === 0 && !isUnclear) kept = all;
    else if (own.length > 0) waiting.push(group.filter((fix) => !wrong.has(fix)));
    else if (group.length > 1) {
      const half = group.length >> 1;
      waiting.push(group.slice(half), group.slice(0, half));
    }
  }
  return kept;
}

/** The new texts of all files that the fixes change, by path. */
export function changedTexts(
  fixes: readonly FileFix[],
  sources: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const path of new Set(fixes.map((fix) => fix.path))) {
    const edits = fixes.filter((fix) => fix.path === path).flatMap((fix) => fix.edits);
    texts.set(path, applyEdits(sources(path) ?? '', edits));
  }
  return texts;
}

interface Judgement {
  readonly wrong: ReadonlySet<FileFix>;
  /** A new finding appeared that is near no fix. */
  readonly isUnclear: boolean;
}

/** Compares findings by rule and line, as the path of the data may have changed. */
function judge(
  fixes: readonly FileFix[],
  before: readonly Finding[],
  after: readonly Finding[],
  sources: (path: string) => string | undefined,
): Judgement {
  const lines = movedLines(fixes, sources);
  const meant = new Set(fixes.flatMap((fix) => fix.findings.map(keyOfPlace)));
  const allowed = new Map<string, number>();
  for (const finding of before) {
    if (meant.has(keyOfPlace(finding))) continue;
    const key = `${finding.rule} ${finding.place.path}:${lines.of(finding.place)}`;
    allowed.set(key, (allowed.get(key) ?? 0) + 1);
  }
  const wrong = new Set<FileFix>();
  let isUnclear = false;
  for (const { rule, place } of after) {
    const key = `${rule} ${place.path}:${place.line}`;
    const count = allowed.get(key) ?? 0;
    allowed.set(key, count - 1);
    if (count > 0) continue;
    const near = fixes.filter((fix) => lines.isNear(fix, place));
    for (const fix of near) wrong.add(fix);
    if (near.length === 0) isUnclear = true;
  }
  return { wrong, isUnclear };
}

function keyOfPlace({ rule, place }: Finding): string {
  return JSON.stringify([rule, place]);
}

interface MovedLines {
  readonly of: (place: Place) => number;
  /** Whether one of the fix's edits or findings is in the lines of a place of the new text. */
  readonly isNear: (fix: FileFix, place: Place) => boolean;
}

function movedLines(fixes: readonly FileFix[], sources: (path: string) => string | undefined): MovedLines {
  const changed = changedTexts(fixes, sources);
  const files = new Map(
    [...changed].map(([path, text]) => {
      const old = textPlaces(sources(path) ?? '');
      const now = textPlaces(text);
      const edits = fixes.filter((fix) => fix.path === path).flatMap((fix) => fix.edits);
      const lineOf = (offset: number): number => now.lineOf(movedOffset(offset, edits));
      return [path, { lineOf, of: (line: number, column: number) => lineOf(old.offsetOf(line, column)) }];
    }),
  );
  return {
    of: ({ path, line, column }) => files.get(path)?.of(line, column) ?? line,
    isNear(fix, place) {
      const file = files.get(place.path);
      if (fix.path !== place.path || !file) return false;
      const own = [
        ...fix.edits.map(({ at }) => file.lineOf(at)),
        ...fix.findings.map((finding) => file.of(finding.place.line, finding.place.column)),
      ];
      return own.some((line) => place.line <= line && line <= place.endLine);
    },
  };
}
