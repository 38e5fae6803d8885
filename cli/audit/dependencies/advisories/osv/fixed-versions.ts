import { type PackageVersion, speaksOf } from './is-affected.ts';
import type { OsvRecord } from './osv-record.ts';
import { versionOrders } from './version-order.ts';

/** The versions in which a record says that it is fixed, above the given one, the lowest first. */
export function fixedVersions({ affected }: OsvRecord, of: PackageVersion): readonly string[] {
  const order = versionOrders[of.ecosystem];
  const { version } = of;
  const fixed = affected
    .filter((one) => speaksOf(one, of))
    .flatMap(({ ranges }) => ranges.filter(({ type }) => type !== 'GIT').flatMap(({ events }) => events))
    .flatMap((event) => (event.kind === 'fixed' && order.isValid(event.version) ? [event.version] : []));
  const isAbove = (one: string): boolean =>
    version === undefined || !order.isValid(version) || order.compare(one, version) > 0;
  return [...new Set(fixed)].filter(isAbove).sort((a, b) => order.compare(a, b));
}
