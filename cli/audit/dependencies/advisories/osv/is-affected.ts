import { satisfies, validRange } from 'semver';
import type { PackageEcosystem } from '../../package-graph.ts';
import type { OsvAffected, OsvEvent, OsvRange, OsvRecord } from './osv-record.ts';
import { packageName } from './package-name.ts';
import { type VersionOrder, versionOrders } from './version-order.ts';

/** `undecided`: the record speaks of the package, and whether it means this version can't be told. */
export type Affected = 'affected' | 'unaffected' | 'undecided';

export interface PackageVersion {
  readonly ecosystem: PackageEcosystem;
  readonly name: string;
  /** Undefined if it is not known. */
  readonly version?: string | undefined;
}

/**
 * Whether a record means a version, as https://ossf.github.io/osv-schema/#evaluation has it. Ranges of commits count for nothing there
 * and here.
 */
export function isAffected(record: OsvRecord, of: PackageVersion): Affected {
  if (record.isWithdrawn) return 'unaffected';
  const verdicts = record.affected.filter((one) => speaksOf(one, of)).map((one) => meetsAffected(one, of));
  return best(verdicts);
}

/** Whether it is about the package, whatever the version. */
export function speaksOf({ ecosystem, name }: OsvAffected, of: PackageVersion): boolean {
  return ecosystem === of.ecosystem && packageName(of.ecosystem, name) === packageName(of.ecosystem, of.name);
}

function best(verdicts: readonly Affected[]): Affected {
  if (verdicts.includes('affected')) return 'affected';
  return verdicts.includes('undecided') ? 'undecided' : 'unaffected';
}

function meetsAffected(affected: OsvAffected, { ecosystem, version }: PackageVersion): Affected {
  const order = versionOrders[ecosystem];
  if (version === undefined) return everyVersion(affected) ? 'affected' : 'undecided';
  if (affected.versions.some((one) => isSame(one, version, order))) return 'affected';
  const verdicts = affected.ranges.map((range) => meetsRange(range, version, order));
  if (affected.npmRange !== undefined) verdicts.push(meetsNpmRange(affected.npmRange, version, order));
  if (affected.isBroken) verdicts.push('undecided');
  return best(verdicts);
}

function everyVersion({ ranges, npmRange }: OsvAffected): boolean {
  const [first, ...others] = ranges.flatMap(({ type, events }) => (type === 'GIT' ? [] : events));
  return (first?.kind === 'introduced' && first.version === '0' && others.length === 0) || npmRange === '*';
}

function isSame(one: string, version: string, order: VersionOrder): boolean {
  return (
    one === version || (order.isValid(one) && order.isValid(version) && order.compare(one, version) === 0)
  );
}

function meetsRange({ type, events }: OsvRange, version: string, order: VersionOrder): Affected {
  if (type === 'GIT') return 'unaffected';
  if (!order.isValid(version) || !events.every((event) => isComparable(event, order))) return 'undecided';
  const limits = events.filter(({ kind }) => kind === 'limit');
  const isBefore = limits.some(
    (limit) => limit.version.includes('*') || order.compare(version, limit.version) < 0,
  );
  if (limits.length > 0 && !isBefore) return 'unaffected';
  let isVulnerable = false;
  for (const event of sorted(events, order)) {
    const at =
      event.kind === 'introduced' && event.version === '0' ? 1 : order.compare(version, event.version);
    if (event.kind === 'introduced' && at >= 0) isVulnerable = true;
    else if (event.kind === 'fixed' && at >= 0) isVulnerable = false;
    else if (event.kind === 'last_affected' && at > 0) isVulnerable = false;
  }
  return isVulnerable ? 'affected' : 'unaffected';
}

function isComparable({ kind, version }: OsvEvent, order: VersionOrder): boolean {
  if (kind === 'introduced' && version === '0') return true;
  return (kind === 'limit' && version.includes('*')) || order.isValid(version);
}

/** Those of the same version stay as the record has them: the end of a range, then the beginning of the next. */
function sorted(events: readonly OsvEvent[], order: VersionOrder): readonly OsvEvent[] {
  const isFirst = ({ kind, version }: OsvEvent): boolean => kind === 'introduced' && version === '0';
  return events
    .filter(({ kind }) => kind !== 'limit')
    .sort(
      (a, b) =>
        Number(isFirst(b)) - Number(isFirst(a)) || (isFirst(a) ? 0 : order.compare(a.version, b.version)),
    );
}

/** As `npm audit` decides, but that a range which it can't read is not one of no versions. */
function meetsNpmRange(range: string, version: string, order: VersionOrder): Affected {
  if (range.length > 5000 || !order.isValid(version) || validRange(range, { loose: true }) === null)
    return 'undecided';
  return satisfies(version, range, { includePrerelease: true, loose: true }) ? 'affected' : 'unaffected';
}
