import type { LockedPackage, LockFile, PackageEcosystem } from '../../package-graph.ts';
import type { OsvRecord } from '../osv/osv-record.ts';
import { packageName } from '../osv/package-name.ts';
import type { AdvisorySource } from '../source/advisory-source.ts';
import { isPublic } from '../source/is-public.ts';

/** What a source says about all packages in the lock files. */
export interface Found {
  readonly name: string;
  /** The records that speak of a package, whatever its version. */
  recordsOf(of: LockedPackage): readonly OsvRecord[];
  /** Why a package was not asked for, as the end of a sentence. */
  notAsked(of: LockedPackage): string | undefined;
  /** Sentences about what of an ecosystem was not looked up. */
  problemsOf(ecosystem: PackageEcosystem): readonly string[];
  /** The day of the newest record. */
  asOf(ecosystem: PackageEcosystem): string | undefined;
}

/** Asks a source once, for the packages of all lock files. Names of packages of other registries are never sent to a public service. */
export async function lookUp(files: readonly LockFile[], source: AdvisorySource): Promise<Found> {
  const isSent = (of: LockedPackage): boolean => source.isService !== true || isPublic(of);
  const packages = files.flatMap((file) => file.packages).filter((of) => isForeign(of) && isSent(of));
  const unique = new Map(packages.map((of) => [`${of.ecosystem} ${of.name} ${of.version ?? ''}`, of]));
  const { records, problems, days } = await source.find([...unique.values()]);
  const byName = new Map<string, Set<OsvRecord>>();
  for (const record of records)
    for (const { ecosystem, name } of record.affected) {
      const key = keyOf(ecosystem, name);
      byName.set(key, (byName.get(key) ?? new Set()).add(record));
    }
  return {
    name: source.name,
    recordsOf: ({ ecosystem, name }) => [...(byName.get(keyOf(ecosystem, name)) ?? [])],
    notAsked: (of) =>
      isSent(of)
        ? undefined
        : 'is not from the public registry, so that its name was not sent to a public service',
    problemsOf: (ecosystem) =>
      problems
        .filter((one) => one.ecosystem === undefined || one.ecosystem === ecosystem)
        .map(({ text }) => text),
    asOf: (ecosystem) => days[ecosystem],
  };
}

function keyOf(ecosystem: string, name: string): string {
  return `${ecosystem} ${ecosystem === 'PyPI' ? packageName(ecosystem, name) : name}`;
}

/** Whether somebody else publishes it. */
export function isForeign({ source }: LockedPackage): boolean {
  return source.kind !== 'workspace';
}
