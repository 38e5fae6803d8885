import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { fetchPackages } from './fetch-packages.ts';
import { assertBuilt, bulwark, peers, type Tool } from './tools.ts';
import { type Package, readPackage } from './tree.ts';

export interface Setup {
  readonly packages: readonly Package[];
  /** The first is bulwark. */
  readonly tools: readonly [Tool, ...Tool[]];
  /** bulwark with what it keeps from one run to the next; in `tools` it starts anew each time. */
  readonly keeping: Tool;
  readonly rounds: number;
  readonly limit: number;
  readonly large: boolean;
  readonly whole: boolean;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = join(here, '../../cli/dist/main.js');

/**
 * Reads the command line, gets packages and tools ready, and hands them on.
 *
 *     [folder...]       a package each; without any they are fetched from npm and Debian
 *     --rounds 3        how often each tool meets each tree
 *     --limit 600       seconds on the clock after which a run is ended
 *     --large --whole   also copies up to 1000 kLOC; also all packages together
 *     --with=--option   an option that bulwark scan gets besides; repeat it for more
 *     --cli FILE        another build of bulwark's main.js
 */
export async function withSetup(use: (setup: Setup) => Promise<void>): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      limit: { type: 'string', default: '600' },
      large: { type: 'boolean', default: false },
      whole: { type: 'boolean', default: false },
      with: { type: 'string', multiple: true, default: [] },
      cli: { type: 'string', default: cli },
    },
  });
  assertBuilt(values.cli);
  // Below this folder, where Node finds the packages that what is built imports.
  const out = join(here, '../out');
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'scan-'));
  try {
    const [eslintConfig, ruffProgram] = await Promise.all([
      builtInto(folder, 'eslint-config'),
      builtInto(folder, 'ruff-program'),
    ]);
    const config = join(folder, 'bulwark.config.json');
    writeFileSync(config, JSON.stringify({ scan: { tests: 'scan' } }));
    const { tools, absent } = peers({ eslintConfig, ruffProgram });
    for (const { name, reason } of absent) say(`Not measured: ${name}: ${reason}.`);
    const folders = positionals.length > 0 ? positionals : fetchPackages(folder, say);
    const packages = folders.flatMap((given) => readPackage(given) ?? []);
    if (packages.length === 0) throw new Error('There is no package with JavaScript or Python in it.');
    const built = builtAt(values.cli);
    say(`bulwark was built at ${built}, Node ${process.version}.`);
    const keeping = bulwark([process.execPath, values.cli], config, values.with);
    const ours = bulwark([process.execPath, values.cli], config, ['--no-cache', ...values.with]);
    const [rounds, limit] = [Number(values.rounds), Number(values.limit)];
    const { large, whole } = values;
    await use({ packages, tools: [ours, ...tools], keeping, rounds, limit, large, whole });
    if (builtAt(values.cli) !== built)
      say('bulwark was built anew meanwhile: THE FIGURES ARE OF TWO BUILDS.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As JavaScript, as a loader would be measured too. */
async function builtInto(folder: string, name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  const entryPoints = [join(here, `${name}.ts`)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  return outfile;
}

function builtAt(program: string): string {
  return statSync(program, { throwIfNoEntry: false })?.mtime.toISOString() ?? 'no time';
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
