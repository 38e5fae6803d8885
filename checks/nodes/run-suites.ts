import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../repository.ts';
import type { NodeRelease } from './node-versions.ts';

export interface SuiteResult {
  readonly node: string;
  readonly passed: number;
  readonly failed: number;
  /** The names of those that failed, and of files that could not even be read. */
  readonly failures: readonly string[];
}

/** Far longer than the suites take on a busy machine. */
const patience = 900_000;

/** Runs the tests below some folders by another Node, the programs that they start included. */
export async function runSuites(
  { name, path }: NodeRelease,
  suites: readonly string[],
): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-suites-'));
  try {
    const file = join(folder, 'report.json');
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--typecheck.enabled=false'];
    const child = spawn(path, [...args, '--reporter=json', `--outputFile=${file}`, ...suites], {
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
    await new Promise((done, failed) => child.once('exit', done).once('error', failed));
    return { node: name, ...read(file, errors) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface JsonReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function read(file: string, errors: string): Omit<SuiteResult, 'node'> {
  let report: JsonReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as JsonReport;
  } catch {
    return { passed: 0, failed: 0, failures: [`nothing ran: ${errors}`] };
  }
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    const named = failed.map(
      ({ fullName, failureMessages: [why = ''] }) => `${name}: ${fullName}: ${why.slice(0, 300)}`,
    );
    return status === 'failed' && failed.length === 0 ? [`${name}: ${message.slice(0, 300)}`] : named;
  });
  return { passed: report.numPassedTests, failed: report.numFailedTests, failures };
}

/** Vitest tells its own children by the environment. */
function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(?:VITEST|TEST$|NODE_OPTIONS|NODE_ENV|BULWARK_TEST_JSON)/.test(name),
    ),
  );
}
