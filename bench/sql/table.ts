import { type Ratio, ratioOf } from '../interval.ts';
import { operationNames } from './operations.ts';
import type { Comparison } from './run.ts';

/** How a contender does beside its reference: 1 is as good, more is better. */
export interface Score {
  /** CPU time of the reference by that of the contender. */
  readonly cpu: Ratio;
  /** Calls a second of the contender by those of the reference. */
  readonly speed: Ratio;
}

export function scoreOf({ own, theirs }: Comparison): Score {
  const us = (samples: Comparison['own']): number[] => samples.map((sample) => sample.us);
  const perSecond = (samples: Comparison['own']): number[] => samples.map((sample) => sample.perSecond);
  return { cpu: ratioOf(us(theirs), us(own)), speed: ratioOf(perSecond(own), perSecond(theirs)) };
}

/** One table for each reference and number of calls at once. */
export function tables(comparisons: readonly Comparison[]): string {
  const lines: string[] = [];
  const groups = new Set(comparisons.map(({ reference, lanes }) => `${reference}\n${lanes}`));
  for (const group of groups) {
    const [reference, lanes] = group.split('\n') as [string, string];
    lines.push('', `Beside ${reference}, ${lanes} at once (CPU with its 95 % interval, q/s; 1 is as good)`);
    lines.push(`${' '.repeat(width)}${operationNames.map((name) => name.padEnd(cell)).join('')}`.trimEnd());
    const rows = comparisons.filter((one) => one.reference === reference && String(one.lanes) === lanes);
    for (const contender of new Set(rows.map((row) => row.contender))) {
      const cells = operationNames.map((operation) => {
        const found = rows.find((row) => row.contender === contender && row.operation === operation);
        return (found ? shown(scoreOf(found)) : '').padEnd(cell);
      });
      lines.push(`${contender.padEnd(width)}${cells.join('')}`.trimEnd());
    }
  }
  return lines.join('\n');
}

const width = 40;
const cell = 28;

function shown({ cpu, speed }: Score): string {
  const [median, low, high, queries] = [cpu.median, cpu.low, cpu.high, speed.median].map((n) => n.toFixed(2));
  return `${median} (${low}-${high})  ${queries}`;
}
