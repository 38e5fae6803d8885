/** Runs the suite and writes its results to docs/adapters.md: `npx tsx checks/conformance/write-table.ts [framework ...]`, all by default. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { cases } from './cases.ts';
import { type Framework, frameworkNames, frameworks } from './frameworks.ts';
import { readTable, withTable } from './table.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const names = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bulwark-table-'));
try {
  const output = join(folder, 'results.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    ...(names.length > 0 ? names : ['']).map((name) => `checks/conformance/${name}`),
    '--typecheck.enabled=false',
    '--reporter=json',
    `--outputFile=${output}`,
  ];
  spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const file = join(root, 'docs/adapters.md');
  const page = readFileSync(file, 'utf8');
  const results = new Map<Framework, ReadonlyMap<string, boolean>>();
  for (const name of frameworkNames) {
    const own = tests.filter(
      ({ ancestorTitles, title }) => ancestorTitles[0] === name && !title.startsWith('docs/'),
    );
    const failed = own.filter(({ status }) => status !== 'passed');
    for (const { title, failureMessages } of failed.slice(0, 10)) {
      process.stderr.write(`${name} ${title}\n${failureMessages.join('\n').slice(0, 1_000)}\n`);
    }
    if (failed.length > 0) process.exitCode = 1;
    // One that did not run, or did not start, keeps what the page said.
    const passed = new Set(
      own.filter((test) => !failed.includes(test)).map(({ title }) => title.split(':', 1)[0]),
    );
    const found =
      passed.size > 0 ? cases.map(({ id }): [string, boolean] => [id, passed.has(id)]) : saidOf(page, name);
    if (found.length > 0) results.set(name, new Map(found));
    process.stdout.write(`${name}: ${found.filter(([, isFine]) => isFine).length} of ${cases.length}\n`);
  }
  writeFileSync(file, withTable(page, results));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function saidOf(page: string, name: Framework): readonly [string, boolean][] {
  return [...readTable(page)].flatMap(([id, cells]): [string, boolean][] => {
    const cell = cells.get(frameworks[name]);
    return cell === undefined ? [] : [[id, cell !== '**no**']];
  });
}
