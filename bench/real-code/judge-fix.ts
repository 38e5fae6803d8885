import type { Fix } from './fix-list.ts';
import type { Shown } from './shown-findings.ts';

export interface Judgement {
  /** The findings of the version before that are about this vulnerability. */
  readonly found: readonly Shown[];
  /** The file has fewer findings of these rules after the fix. False if the vulnerability was not found. */
  readonly isSilentAfter: boolean;
}

/** How far the line of a finding may be from the place: a call of several lines is reported where it begins. */
const near = 3;

/**
 * Whether the vulnerability is shown: a finding of one of the rules that stands at one of the places, or whose steps end at one.
 */
export function judgeFix(fix: Fix, before: readonly Shown[], after: readonly Shown[]): Judgement {
  const found = before.filter((finding) => isAbout(fix, finding));
  const files = new Set(found.map(({ place }) => place.path));
  const ofThese = (all: readonly Shown[]): number =>
    all.filter(({ rule, place }) => fix.rules.includes(rule) && files.has(place.path)).length;
  return { found, isSilentAfter: found.length > 0 && ofThese(after) < ofThese(before) };
}

function isAbout({ rules, places }: Fix, { rule, place, steps }: Shown): boolean {
  if (!rules.includes(rule)) return false;
  const last = steps.at(-1)?.place;
  return places.some(
    ({ file, line }) =>
      (place.path === file && line >= place.line - near && line <= place.endLine + near) ||
      (last?.path === file && Math.abs(last.line - line) <= near),
  );
}
