import type { PackageEcosystem } from '../../package-graph.ts';
import type { AdvisoryProblem } from './advisory-source.ts';

/** A problem if the newest record is older than that, in days, or has no date. New advisories appear every day. */
export function tooOld(
  day: string,
  ecosystem: PackageEcosystem,
  today: string,
  maxAge: number,
): readonly AdvisoryProblem[] {
  const age = (Date.parse(today) - Date.parse(day)) / 86_400_000;
  if (Number.isNaN(age)) return [{ text: `Its records for ${ecosystem} have no date.`, ecosystem }];
  if (age <= maxAge) return [];
  return [
    {
      text: `Its newest record for ${ecosystem} is of ${day}, which is more than ${maxAge} days ago.`,
      ecosystem,
    },
  ];
}
