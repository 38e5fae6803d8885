import { median, ratioOf } from '../interval.ts';
import type { Result } from './rounds.ts';
import { table } from './table.ts';

/** What all tools did with a tree of a size. */
export interface Step {
  readonly lines: number;
  readonly files: number;
  readonly results: readonly Result[];
}

/**
 * A line for each tool and size. `growth` is the CPU time a line by that on the tool's smallest tree: 1 is linear, more
 * is worse, and less comes from the start, which is paid once. The last column is bulwark's CPU time by the tool's in the
 * same round, with the 95 % interval: less than 1 is faster. Findings must grow as the lines do: else one tree was looked at
 * less closely than the other.
 */
export function seriesTable(steps: readonly Step[]): string {
  const tools = [...new Set(steps.flatMap(({ results }) => results.map(({ tool }) => tool)))];
  const rows: string[][] = [];
  const failures: string[] = [];
  for (const tool of tools) {
    let smallest: number | undefined;
    for (const { lines, results } of steps) {
      const result = results.find((one) => one.tool === tool);
      if (!result) continue;
      const size = (lines / 1000).toFixed(1);
      if (result.failure !== undefined) {
        failures.push(`${tool} on ${size} kLOC ${result.failure}.`);
        rows.push([tool, size]);
        continue;
      }
      const cpu = middle(result, 'cpu');
      const perLine = cpu / lines;
      smallest ??= perLine;
      rows.push([
        tool,
        size,
        cpu.toFixed(2),
        middle(result, 'wall').toFixed(2),
        middle(result, 'rss').toFixed(0),
        (perLine * 100_000).toFixed(1),
        (perLine / smallest).toFixed(2),
        String(result.counts?.findings ?? ''),
        beside(results[0] as Result, result),
      ]);
    }
  }
  const head = [
    'tool',
    'kLOC',
    'CPU s',
    'wall s',
    'RSS MB',
    'CPU s/100 kLOC',
    'growth',
    'findings',
    'bulwark / tool',
  ];
  return [table(head, rows), ...failures].join('\n');
}

/** What tools missed, as a rate over fewer files, or with less work, would be no rate. */
export function missedWork({ files, results }: Step): string[] {
  return results.flatMap(({ tool, counts }) => {
    if (!counts) return [];
    const read = counts.files ?? files;
    return [
      ...(read === files ? [] : [`${tool} read ${read} of ${files} files.`]),
      ...(counts.unread === 0
        ? []
        : [`${tool} could not parse something in ${counts.unread} of ${files} files.`]),
      ...(counts.notes ?? []).map((note) => `${tool} says: ${note}`),
    ];
  });
}

function middle({ measured }: Result, what: 'cpu' | 'wall' | 'rss'): number {
  return median(measured.map((one) => one[what]));
}

function beside(ours: Result, theirs: Result): string {
  if (ours === theirs || ours.failure !== undefined) return '';
  const cpu = ({ measured }: Result): number[] => measured.map((one) => one.cpu);
  const { median: middle, low, high } = ratioOf(cpu(ours), cpu(theirs));
  return `${middle.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
}
