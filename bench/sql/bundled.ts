import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/**
 * Runs a program of this folder in a process of its own, with `input` as JSON in its first argument, and gives what it
 * wrote as JSON. Bundled, as what a loader adds to every function would be measured too.
 */
export async function runBundled<Result>(
  program: string,
  input: unknown,
  { lib, nodeFlags = [] }: { readonly lib?: string; readonly nodeFlags?: readonly string[] } = {},
): Promise<Result> {
  // Below this workspace, which has some packages of its own; ignored by git, as a run that was killed leaves it.
  const out = fileURLToPath(new URL('../out/', import.meta.url));
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'sql-'));
  try {
    const outfile = join(folder, 'program.mjs');
    const sources = lib ?? fileURLToPath(new URL('../../lib', import.meta.url));
    await build({
      entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
      ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
      alias: {
        'bulwark/request': join(sources, 'request/index.ts'),
        'bulwark/sql/pg': join(sources, 'sql/pg/index.ts'),
        'bulwark/sql': join(sources, 'sql/index.ts'),
      },
    });
    const running = promisify(execFile)(process.execPath, [...nodeFlags, outfile, JSON.stringify(input)], {
      maxBuffer: 1e8,
    });
    running.child.stderr?.pipe(process.stderr);
    return JSON.parse((await running).stdout) as Result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
