import type { Evidence } from '../../check/outcome.ts';
import type { Certainty, CiStep, Trigger, Unread } from './ci-model.ts';
import type { Program } from './program.ts';

/** A program that CI runs, in a job itself or in a script that it calls. */
export interface Ran {
  readonly program: Program;
  /** As the script has it. */
  readonly text: string;
  readonly trigger: Trigger;
  readonly ignored: Certainty;
  /** The folder that it runs in, undefined if it is computed. */
  readonly folder: string | undefined;
  readonly step: CiStep;
  /** The place in CI first, then each script that was followed. */
  readonly trail: readonly Evidence[];
}

export interface Followed {
  readonly ran: readonly Ran[];
  readonly unread: readonly Unread[];
  /** Scripts in Python or JavaScript that are run, and are no shell scripts to follow. */
  readonly scripts: readonly { readonly path: string; readonly from: Ran }[];
}
