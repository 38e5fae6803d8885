import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst } from '../../ir/ir.ts';
import type { UseReport, UseRule } from './rule.ts';
import type { RuleIndex } from './rule-index.ts';

/** A rule's report for one instruction, with its place: a function and the offsets in its file. */
export interface UseHit {
  readonly rule: UseRule;
  readonly report: UseReport;
  readonly func: number;
  readonly at: number;
  readonly end: number;
}

/** Runs the use rules on the reachable instructions of a function. */
export function runUseRules(frame: FunctionView, rules: RuleIndex): UseHit[] {
  const { language } = frame;
  const table = rules.for(frame);
  const hits: UseHit[] = [];
  let seen: Set<string> | undefined;
  const { code } = frame.func;
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (frame.values[value] === undefined) continue;
    const some = table.of(frame, value, inst);
    if (some.length === 0) continue;
    const use = { frame, value, inst, language };
    for (const rule of some) {
      const report = rule.look(use);
      if (!report) continue;
      const span = report.value === undefined ? inst : frame.inst(report.value);
      // One literal can be the value of a variable, a member and an option at once. It is reported once.
      const key = `${rule.id} ${span.at} ${span.end}`;
      if (seen?.has(key)) continue;
      seen ??= new Set();
      seen.add(key);
      hits.push({ rule, report, func: frame.id, at: span.at, end: span.end });
    }
  }
  return hits;
}
