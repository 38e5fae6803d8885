import type { Inst } from '../ir/ir.ts';
import type { Frame } from '../taint/frame.ts';
import type { UseReport, UseRule } from './rule.ts';

/** What a rule has to say of one instruction. */
export interface UseHit {
  readonly rule: UseRule;
  readonly report: UseReport;
  readonly func: number;
  readonly at: number;
  readonly end: number;
}

/** Rules by the instructions that they look at. */
export type UseRules = ReadonlyMap<Inst['op'], readonly UseRule[]>;

export function byInstruction(rules: readonly UseRule[]): UseRules {
  const all = new Map<Inst['op'], UseRule[]>();
  for (const rule of rules) for (const op of rule.on) all.set(op, [...(all.get(op) ?? []), rule]);
  return all;
}

/** Lets the rules look at a function's instructions, as far as they can be reached. */
export function lookAt(frame: Frame, rules: UseRules): UseHit[] {
  const language = frame.linked.program.modules[frame.info.module]?.language ?? 'javascript';
  const hits: UseHit[] = [];
  const seen = new Set<string>();
  frame.func.code.forEach((inst, value) => {
    const some = rules.get(inst.op);
    if (!some || frame.values[value] === undefined) return;
    const use = { frame, value, inst, language };
    for (const rule of some) {
      const report = rule.look(use);
      if (!report) continue;
      const span = report.value === undefined ? inst : frame.inst(report.value);
      // One literal can be the value of a variable, of a member and of an option.
      const key = `${rule.id} ${span.at} ${span.end}`;
      if (seen.has(key)) continue;
      seen.add(key);
      hits.push({ rule, report, func: frame.id, at: span.at, end: span.end });
    }
  });
  return hits;
}
