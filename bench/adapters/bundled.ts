import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Gives `work` a program that serves a framework's contenders, with the library in it: a loader would be measured too. */
export async function withProgram<T>(framework: string, work: (file: string) => Promise<T>): Promise<T> {
  const resolveDir = fileURLToPath(new URL('./contenders/', import.meta.url));
  // Below the contenders, so that their packages resolve; ignored by git, because a run that was killed leaves it.
  const out = join(resolveDir, 'out');
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, `${framework}-`));
  try {
    const outfile = join(folder, 'program.mjs');
    const contents = `import { contenders } from './${framework}.ts'; import { serve } from './serve.ts'; await serve(contenders);`;
    await build({
      stdin: { contents, resolveDir, loader: 'ts' },
      ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
      tsconfigRaw: { compilerOptions: { target: 'es2022', experimentalDecorators: true } },
    });
    return await work(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
