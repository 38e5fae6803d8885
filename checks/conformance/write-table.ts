/** Runs the suite on every framework and writes its results to docs/adapters.md: `npx tsx checks/conformance/write-table.ts`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { type Framework, frameworkNames } from './frameworks.ts';
import { withTable } from './table.ts';

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

const folder = mkdtempSync(join(tmpdir(), 'bulwark-table-'));
try {
  const output = join(folder, 'results.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    'checks/conformance',
    '--typecheck.enabled=false',
    '--reporter=json',
    `--outputFile=${output}`,
  ];
  spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
  const results = new Map<Framework, Map<string, boolean>>();
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const name of frameworkNames) {
    const own = tests.filter(({ ancestorTitles }) => ancestorTitles[0] === name);
    const passed = own.map(({ title, status }): [string, boolean] => [
      title.split(':', 1)[0] ?? '',
      status === 'passed',
    ]);
    if (passed.length > 0) results.set(name, new Map(passed));
  }
  for (const { ancestorTitles, title, status, failureMessages } of tests) {
    if (status === 'passed' || title.startsWith('docs/')) continue;
    process.exitCode = 1;
    process.stderr.write(`${ancestorTitles[0]} ${title}\n${failureMessages.join('\n').slice(0, 2_000)}\n`);
  }
  const page = join(root, 'docs/adapters.md');
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), results));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
