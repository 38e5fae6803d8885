import type { Evidence } from '../../check/outcome.ts';
import type { Certainty, Trigger } from './ci-model.ts';
import type { CiView } from './read-ci.ts';
import { calls, isUsed, type ToolKind } from './scanner-tables.ts';

/** One place where CI runs a tool. */
export interface ToolRun {
  readonly tool: string;
  readonly trigger: Trigger;
  /** Whether its result has no effect: its failure is ignored, or it is called so that it never fails. */
  readonly ignored: Certainty;
  readonly evidence: readonly Evidence[];
}

/** All places where one of these tools runs, as a program, an action, an image, a template or a hook. */
export function toolRuns(ci: CiView, kinds: readonly ToolKind[]): readonly ToolRun[] {
  const runs: ToolRun[] = [];
  for (const { program, trigger, ignored, trail, step } of ci.ran) {
    for (const kind of kinds) {
      const call = calls(kind, program);
      if (call === undefined) continue;
      const uploads = !call.canFail && uploadsSarif(ci, step.path, step.job);
      runs.push({
        tool: kind.name,
        trigger,
        ignored: call.canFail || uploads ? ignored : 'yes',
        evidence: trail,
      });
      break;
    }
  }
  for (const { uses, inputs, trigger, ignored, path, line, job } of ci.steps) {
    if (uses === undefined) continue;
    for (const kind of kinds) {
      const use = isUsed(kind, uses, inputs);
      if (use === undefined) continue;
      const counts = use.canFail || uploadsSarif(ci, path, job);
      runs.push({
        tool: kind.name,
        trigger,
        ignored: counts ? ignored : 'yes',
        evidence: [{ text: uses, path, line }],
      });
      break;
    }
  }
  return runs;
}

/** Results that are uploaded become alerts, which fail a pull request. */
function uploadsSarif(ci: CiView, path: string, job: string): boolean {
  return ci.steps.some(
    (step) =>
      step.path === path && step.job === job && /^github\/codeql-action\/upload-sarif@/.test(step.uses ?? ''),
  );
}
