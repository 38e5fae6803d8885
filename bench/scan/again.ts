import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../interval.ts';
import { type Measurement, measure } from './measure.ts';
import type { Tool } from './tools.ts';
import { makeTree, type Package, type Tree } from './tree.ts';

/** A scan, the same once more, and one after an edit in each package. Seconds of CPU time: medians over the rounds. */
export interface Again {
  readonly first: number;
  readonly unchanged: number;
  /** After a comment was added to a file of a package, and after a function was. */
  readonly edited: readonly { readonly name: string; readonly comment: number; readonly code: number }[];
  /** Whether all scans of the same files gave the same bytes. */
  readonly isSame: boolean;
}

/** Scans a tree twice, and once more after each edit. Nothing that is kept outlives a round. */
export function scanAgain(
  tool: Tool,
  packages: readonly Package[],
  { rounds, limit }: { readonly rounds: number; readonly limit: number },
): Again {
  const first: number[] = [];
  const unchanged: number[] = [];
  const edited = packages.map(({ name }) => ({ name, comment: [] as number[], code: [] as number[] }));
  const outputs = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const tree = makeTree(packages, 1);
    const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'));
    const command = ['env', `BULWARK_CACHE_DIR=${cache}`, ...tool.command];
    const run = (): Measurement => measure({ ...tool, command, cwd: tree.folder, limit });
    try {
      const [cold, again] = [run(), run()];
      outputs.add(cold.stdout).add(again.stdout);
      first.push(cold.cpu);
      unchanged.push(again.cpu);
      packages.forEach((one, i) => {
        for (const kind of ['comment', 'code'] as const) {
          append(tree, one, added[tree.language][kind]);
          edited[i]?.[kind].push(run().cpu);
        }
      });
    } finally {
      tree.remove();
      rmSync(cache, { recursive: true, force: true });
    }
  }
  return {
    first: median(first),
    unchanged: median(unchanged),
    edited: edited.map(({ name, comment, code }) => ({
      name,
      comment: median(comment),
      code: median(code),
    })),
    isSame: outputs.size === 1,
  };
}

const added = {
  javascript: { comment: '// edited', code: 'function added(it) { return it + 1; }' },
  python: { comment: '# edited', code: 'def added(it):\n    return it + 1' },
} as const;

/** Something behind the end of the file in the middle of a package. */
function append({ folder, files }: Tree, { name }: Package, code: string): void {
  const own = files.filter((file) => file.split('/')[1] === name);
  const file = own[own.length >> 1] as string;
  appendFileSync(join(folder, file), `\n${code}\n`);
}
