import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../repository.ts';
import { readReport, type TestResult } from './read-report.ts';

export interface SuiteResult {
  readonly version: string;
  readonly tests: readonly TestResult[];
  readonly seconds: number;
}

/** Far longer than the suite takes on a busy machine. */
const patience = 3_000_000;

/**
 * Runs `npm test`, or what it has below some folders, by another Node, and so the programs that the tests start. What
 * fails is run once more, alone: a machine that was busy is no difference between Nodes, but it is told.
 */
export async function runSuites(
  version: string,
  path: string,
  folders: readonly string[],
): Promise<SuiteResult> {
  const start = Date.now();
  const first = await runOnce(path, folders);
  const files = new Set(first.filter(({ status }) => status === 'failed').map(({ file }) => file));
  // A run that broke off as a whole has no file to try again.
  const again = files.size === 0 || files.has('') ? [] : await runOnce(path, [...files]);
  const tests = again.length === 0 || again.some(({ file }) => file === '') ? first : merged(first, again);
  return { version, tests, seconds: Math.round((Date.now() - start) / 1000) };
}

/** What a second try of some files leaves: failed is what failed in both. */
export function merged(first: readonly TestResult[], again: readonly TestResult[]): TestResult[] {
  const before = new Map(first.map((test) => [nameOf(test), test]));
  const files = new Set(again.map(({ file }) => file));
  const second = again.map((test): TestResult => {
    const earlier = before.get(nameOf(test));
    if (test.status === 'failed') return earlier?.status === 'passed' ? { ...earlier, retried: true } : test;
    // One that was not even there, as its file could not be read, has failed as well.
    return earlier?.status === test.status ? test : { ...test, retried: true };
  });
  return [...first.filter(({ file }) => !files.has(file)), ...second];
}

function nameOf({ file, name }: TestResult): string {
  return `${file}: ${name}`;
}

async function runOnce(path: string, filters: readonly string[]): Promise<TestResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-suites-'));
  try {
    const report = join(folder, 'report.json');
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`];
    const child = spawn(path, [...args, ...filters], {
      cwd: root,
      // What says `node` finds the same one.
      env: { ...withoutVitest(process.env), PATH: `${dirname(path)}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: patience,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2_000);
    });
    const code = await new Promise<number | null>((done, failed) => {
      child.once('exit', done).once('error', failed);
    });
    return readReport(report, code, errors);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Vitest tells its own children by the environment. */
function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(?:VITEST|TEST$|NODE_OPTIONS|NODE_ENV|BULWARK_TEST_JSON)/.test(name),
    ),
  );
}
