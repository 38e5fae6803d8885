import { isAttack } from './egress-case.ts';
import type { Fault } from './judge.ts';
import type { FrontEndResult } from './run-front-end.ts';

/** As a table in Markdown, one row for each front end. */
export function tableOf(results: readonly FrontEndResult[]): readonly string[] {
  return [
    '| front end | attacks | reached | legitimate | lost | uncaught | hung |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...results.map(({ frontEnd, cases, verdicts }) => {
      const attacks = cases.filter(isAttack).length;
      const count = (fault: Fault): number => verdicts.filter(({ faults }) => faults.includes(fault)).length;
      const row = [frontEnd.name, attacks, count('reached'), cases.length - attacks, count('lost')];
      return `| ${[...row, count('uncaught'), count('hung')].join(' | ')} |`;
    }),
  ];
}
