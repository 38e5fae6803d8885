/**
 * The templates beside others': CPU time as a ratio to hono/html's, which makes the same page in the same round.
 *
 * npx tsx bench/html/render.ts [rounds]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const rounds = Number(process.argv[2] ?? 15);
// Bundled, as what a loader adds to every function would be measured too.
const out = fileURLToPath(new URL('../out/', import.meta.url));
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(out, 'html-'));
try {
  const outfile = join(folder, 'program.mjs');
  const lib = fileURLToPath(new URL('../../lib/', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL('./render-program.ts', import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'error' },
    alias: {
      'bulwark/event': join(lib, 'event/index.ts'),
      'bulwark/html': join(lib, 'html/index.ts'),
      // The version of lib: a peer brings an older one to the root.
      parse5: createRequire(lib).resolve('parse5'),
    },
  });
  const flags = process.execArgv.filter((flag) => flag.startsWith('--cpu-prof'));
  execFileSync(process.execPath, [...flags, outfile, String(rounds)], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
