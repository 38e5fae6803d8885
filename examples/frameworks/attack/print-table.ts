import { attackClasses, type Outcome } from './outcome.ts';
import type { Twin } from './start-desk.ts';

export interface Run {
  readonly name: string;
  readonly twin: Twin;
  readonly outcomes: readonly Outcome[];
}

/** One line for each class of attack, one column for each Desk: how many attacks of the class got through. */
export function tableOf(runs: readonly Run[]): string {
  const names = [...new Set(runs.map(({ name }) => name))];
  const cell = (name: string, kind: string): string =>
    (['undefended', 'defended'] as const)
      .map((twin) => {
        const run = runs.find((one) => one.name === name && one.twin === twin);
        if (run === undefined) return '-';
        const all = run.outcomes.filter((outcome) => outcome.kind === kind);
        return `${all.filter(({ lost }) => lost !== undefined).length}/${all.length}`;
      })
      .join(' > ');
  const rows = [
    ['', ...names],
    ...attackClasses.map((kind) => [kind, ...names.map((name) => cell(name, kind))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
