import type { PackageEcosystem } from '../../package-graph.ts';
import type { PackageVersion } from '../osv/is-affected.ts';
import type { OsvRecord } from '../osv/osv-record.ts';

/** Where known vulnerabilities are looked up. */
export interface AdvisorySource {
  /** For reports: `the OSV dump in /data/osv`. */
  readonly name: string;
  /** It is asked over the network: names that are not public are not sent. */
  readonly isService?: true;
  /** Never rejects: what goes wrong is a problem of the answer. */
  find(packages: readonly PackageVersion[]): Promise<AdvisoryAnswer>;
}

export interface AdvisoryAnswer {
  /** All that speak of one of the packages; maybe also of other versions. */
  readonly records: readonly OsvRecord[];
  /** Sentences about what was not looked up. What they speak of doesn't pass. */
  readonly problems: readonly AdvisoryProblem[];
  /** The day of the newest record of each ecosystem, if the source tells: `2026-11-30`. */
  readonly days: Readonly<Partial<Record<PackageEcosystem, string>>>;
}

export interface AdvisoryProblem {
  readonly text: string;
  /** Without it, all of them are meant. */
  readonly ecosystem?: PackageEcosystem;
}
