/** A vulnerability that somebody accepted, in one package of one lock file. */
export interface Decision {
  /** The id of the advisory, or another name of it: `GHSA-35jh-r3h4-6jhm`, `CVE-2021-23337`. */
  readonly advisory: string;
  readonly package: string;
  /** Of the lock file: `package-lock.json`. */
  readonly path: string;
  readonly reason: string;
  /** The last day on which it counts: `2027-01-31`. */
  readonly until: string;
}

/** The file in the folder of a project that holds them. */
export const defaultDecisions = 'bulwark.decisions.toml';
