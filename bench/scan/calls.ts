/**
 * What a scan does, counted: how often each of the scanner's functions is called. Unlike times it is the same in each
 * run and on each machine; of a scan that costs too much it tells where.
 *
 * npm run build && npx tsx bench/scan/calls.ts <folder> [how many functions]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineStarts } from '../../cli/scan/rules/kit/line-starts.ts';
import { say } from './setup.ts';

/** What V8 writes of each file that ran (NODE_V8_COVERAGE). */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

interface Counted {
  readonly name: string;
  readonly calls: number;
}

const [folder, most = '40'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder to scan: npx tsx bench/scan/calls.ts <folder>');
const main = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
const written = mkdtempSync(join(tmpdir(), 'bench-calls-'));
try {
  const command = [main, 'scan', '--no-config', '--no-cache', '--format', 'json', folder];
  const { status } = spawnSync(process.execPath, command, {
    env: { ...process.env, NODE_V8_COVERAGE: written },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0 && status !== 1) throw new Error(`The scan could not run: exit code ${status}.`);
  const all = readdirSync(written).flatMap((file) =>
    countedIn(JSON.parse(readFileSync(join(written, file), 'utf8')) as Coverage),
  );
  all.sort((a, b) => b.calls - a.calls);
  say(`${all.reduce((sum, { calls }) => sum + calls, 0)} calls of ${all.length} functions`);
  for (const { name, calls } of all.slice(0, Number(most))) say(`${String(calls).padStart(10)} ${name}`);
} finally {
  rmSync(written, { recursive: true, force: true });
}

/** The scanner's functions that ran, and where each stands in the bundle. */
function countedIn({ result }: Coverage): Counted[] {
  return result
    .filter(({ url }) => url.includes('/cli/dist/'))
    .flatMap(({ url, functions }) => {
      const path = fileURLToPath(url);
      const starts = lineStarts(readFileSync(path, 'utf8'));
      return functions.flatMap(({ functionName, ranges: [whole] }) =>
        whole && whole.count > 0
          ? [
              {
                name: `${functionName || 'a function without a name'} ${path}:${1 + starts.findLastIndex((start) => start <= whole.startOffset)}`,
                calls: whole.count,
              },
            ]
          : [],
      );
    });
}
