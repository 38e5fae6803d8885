import type { Evidence } from '../../check/outcome.ts';

/** Whether something is so: `maybe` if it depends on what files don't show. */
export type Certainty = 'yes' | 'maybe' | 'no';

/** How a job starts: by a push or a pull request, by the clock, or only by hand, a release or a tag. */
export interface Trigger {
  readonly change: Certainty;
  readonly schedule: Certainty;
}

/** One step of a job: an action that is used, or commands for a shell. */
export interface CiStep {
  readonly path: string;
  readonly line: number;
  readonly job: string;
  readonly trigger: Trigger;
  /** Whether its failure has no effect: `continue-on-error: true`, `allow_failure: true`. */
  readonly ignored: Certainty;
  /** `github/codeql-action/analyze@v3`, or the image of a container. */
  readonly uses?: string;
  /** What `uses` is given. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly run?: string;
  /** Where `run` starts, relative to the root: `` for the root, undefined if it is computed. */
  readonly folder?: string;
}

/** What the CI of a project does, as far as its files show. */
export interface Ci {
  /** The configurations that were read. */
  readonly configs: readonly Evidence[];
  readonly steps: readonly CiStep[];
  /** What is run that could not be read: workflows of others, other systems, files that could not be parsed. Sentences. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  readonly what: string;
  readonly path: string;
  readonly line: number;
}

/** The weaker of both: it runs only if both do. */
export function both(one: Certainty, other: Certainty): Certainty {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'maybe' || other === 'maybe' ? 'maybe' : 'yes';
}

/** The stronger of both: it runs if either does. */
export function either(one: Certainty, other: Certainty): Certainty {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'maybe' || other === 'maybe' ? 'maybe' : 'no';
}
