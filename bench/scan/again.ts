import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../interval.ts';
import { type Measurement, measure } from './measure.ts';
import type { Tool } from './tools.ts';
import type { Tree } from './tree.ts';

/** A scan, the same once more, and one after an edit. */
export interface Again {
  /** Seconds of CPU time: medians over the rounds. */
  readonly first: number;
  readonly unchanged: number;
  readonly edited: number;
  /** Whether all scans of the same files gave the same bytes. */
  readonly isSame: boolean;
}

/**
 * Scans a tree twice, and once more with a line added to one of its files. The trees are made anew each round, so that
 * nothing that an earlier round kept for a path is of use.
 */
export function scanAgain(
  tool: Tool,
  make: () => Tree,
  { rounds, limit }: { readonly rounds: number; readonly limit: number },
): Again {
  const costs = { first: [] as number[], unchanged: [] as number[], edited: [] as number[] };
  const outputs = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const tree = make();
    const run = (): Measurement => measure({ ...tool, cwd: tree.folder, limit });
    try {
      const [first, unchanged] = [run(), run()];
      outputs.add(first.stdout).add(unchanged.stdout);
      edit(tree);
      costs.first.push(first.cpu);
      costs.unchanged.push(unchanged.cpu);
      costs.edited.push(run().cpu);
    } finally {
      tree.remove();
    }
  }
  return {
    first: median(costs.first),
    unchanged: median(costs.unchanged),
    edited: median(costs.edited),
    isSame: outputs.size === 1,
  };
}

/** A comment behind the end of the file in the middle. */
function edit({ folder, files, language }: Tree): void {
  const file = files[files.length >> 1] as string;
  appendFileSync(join(folder, file), language === 'python' ? '\n# edited\n' : '\n// edited\n');
}
