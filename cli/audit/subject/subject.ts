import type { CodeView } from '../../scan/code-view.ts';
import type { Decision } from '../dependencies/advisories/decision/decision.ts';
import type { AdvisorySource } from '../dependencies/advisories/source/advisory-source.ts';
import type { HostView } from '../live/host.ts';
import type { Site } from '../live/site.ts';
import type { Stack } from './stacks.ts';

/** The project that is audited, as checks see it. Nothing of it is ever executed. */
export interface Subject {
  /** Absolute and real. */
  readonly root: string;
  /** All files that are the project's own, in order: what git ignores, packages and links are left out. Relative, with `/`. */
  readonly paths: readonly string[];
  /** The text of one of them (at most 2 MB, UTF-8), or undefined. Also of a file that is ignored, such as `.env`, if it is in the folder. */
  read(path: string): string | undefined;
  /** What could not be looked at, as sentences. While there are any, no line passes by enumeration. */
  readonly gaps: readonly string[];
  /** The frameworks that the project uses, with the place that shows it. */
  readonly stacks: readonly Stack[];
  /** What the scanner knows of the code. It is computed at the first call. */
  code(): Promise<CodeView>;
  /** The running site, only with `--url`: without it, live checks have no outcome. */
  readonly site?: Site;
  /** What this machine can reach, only with `--host-probe`. */
  readonly host?: HostView;
  /** Where known vulnerabilities are looked up; undefined if nobody named a place. */
  readonly advisories?: AdvisorySource;
  /** Vulnerabilities that were accepted. */
  readonly decisions?: readonly Decision[];
  /** `2027-01-31` */
  readonly today: string;
}
