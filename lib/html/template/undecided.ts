import type { Place } from '../values/place.ts';

/** A place while the template is still being read. */
export type Draft = { -readonly [Name in Exclude<keyof Place, 'foreign' | 'spot'>]: Place[Name] };

/** A hole whose place depends on what the template has behind it. */
export interface Undecided {
  readonly draft: Draft;
  /** What to refuse where the decision goes against the hole. */
  readonly bits: number;
}

/** Decides against these holes. `more` are further effects to refuse. */
export function refuseAlso(holes: readonly Undecided[], more = 0): void {
  for (const { draft, bits } of holes) draft.refuses |= bits | more;
}
