import type { Check } from '../../check/check.ts';
import type { Outcome } from '../../check/outcome.ts';
import type { Site } from '../site.ts';

type LiveCheck = Omit<Check, 'run'> & {
  /** @param today `2027-01-31` */
  judge(site: Site, today: string): readonly Outcome[];
};

/** A check of a running site: it has no outcome where none was looked at. */
export function liveCheck({ judge, ...check }: LiveCheck): Check {
  return { ...check, run: ({ site, today }) => (site === undefined ? [] : judge(site, today)) };
}
