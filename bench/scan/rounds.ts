import { inTurns } from '../turns.ts';
import { type Measurement, measure } from './measure.ts';
import type { Counts, Tool } from './tools.ts';
import type { Tree } from './tree.ts';

/** A tool on a tree: every round's measurement, or why there are none. */
export interface Result {
  readonly tool: string;
  readonly measured: readonly Omit<Measurement, 'stdout'>[];
  /** Of the last round. */
  readonly counts?: Counts;
  readonly failure?: string;
}

/** Each tool scans the tree once a round, in turns; one that fails is not tried again. */
export async function scanInRounds(
  tools: readonly Tool[],
  tree: Tree,
  { rounds, limit }: { readonly rounds: number; readonly limit: number },
): Promise<Result[]> {
  const able = tools.filter(({ languages }) => languages.includes(tree.language));
  const kept = able.map((tool) => ({
    tool,
    measured: [] as Omit<Measurement, 'stdout'>[],
    counts: undefined as Counts | undefined,
    failure: undefined as string | undefined,
  }));
  await inTurns(rounds, kept, async (one) => {
    if (one.failure !== undefined) return;
    try {
      const { command, codes, counts } = one.tool;
      const { stdout, ...costs } = measure({ command, cwd: tree.folder, codes, limit });
      one.counts = counts(stdout);
      one.measured.push(costs);
    } catch (error) {
      one.failure = (error as Error).message;
    }
  });
  return kept.map(({ tool, measured, counts, failure }) => ({
    tool: tool.name,
    measured: failure === undefined ? measured : [],
    ...(counts === undefined ? {} : { counts }),
    ...(failure === undefined ? {} : { failure }),
  }));
}
