import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Gives `work` a file with `program` and the library in it: a loader would add code to every closure, and be measured too. */
export async function withBundle<T>(program: string, work: (file: string) => Promise<T>): Promise<T> {
  // Below this workspace, so that packages resolve; ignored by git, because a run that was killed leaves it.
  const out = fileURLToPath(new URL('../out/', import.meta.url));
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'express-'));
  try {
    const outfile = join(folder, 'program.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
      ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
    });
    return await work(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
