/**
 * What a check of a rate limit in memory costs beside express-rate-limit's: CPU time of the middleware for a request that passes, in
 * one process, in turns. Then the cost of a log-in.
 *
 * npx tsx bench/rate-limit/check.ts [rounds]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const rounds = Number(process.argv[2] ?? 21);
// Bundled, as what a loader adds to every function would be measured too.
const out = fileURLToPath(new URL('../out/', import.meta.url));
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(out, 'rate-limit-'));
try {
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./check-program.ts', import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
  });
  execFileSync(process.execPath, [outfile, String(rounds)], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
