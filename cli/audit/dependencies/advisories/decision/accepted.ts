import type { LockedPackage } from '../../package-graph.ts';
import type { OsvRecord } from '../osv/osv-record.ts';
import { packageName } from '../osv/package-name.ts';
import type { Decision } from './decision.ts';

/** The decision about a vulnerability of a package in a lock file, expired ones too. One that counts longer takes precedence. */
export function decisionOn(
  records: readonly OsvRecord[],
  { ecosystem, name }: LockedPackage,
  lockFile: string,
  decisions: readonly Decision[],
): Decision | undefined {
  const ids = new Set(records.flatMap(({ id, aliases }) => [id, ...aliases]));
  const [first] = decisions
    .filter(
      (one) =>
        ids.has(one.advisory) &&
        one.path === lockFile &&
        packageName(ecosystem, one.package) === packageName(ecosystem, name),
    )
    .sort((a, b) => (a.until < b.until ? 1 : -1));
  return first;
}
