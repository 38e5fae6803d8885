import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../machine/program.ts';
import { requestFile } from './request-file.ts';
import type { Target } from './target.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface Depth {
  readonly level: 1 | 2 | 3 | 4 | 5;
  readonly risk: 1 | 2 | 3;
}

/** No parameter takes longer, even on a machine that is busy. */
const patienceMs = 600_000;
const keptConsole = 2_000_000;

/** Points sqlmap at one parameter of an application, with every technique that it has. */
export async function runSqlmap(app: string, target: Target, { level, risk }: Depth): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'bulwark-sqlmap-'));
  try {
    const request = join(folder, 'request.txt');
    const traffic = join(folder, 'traffic.txt');
    const output = join(folder, 'output');
    await writeFile(request, requestFile(app, target));
    const console = await run(folder, [
      ...['-r', request, '-p', target.parameter, '--output-dir', output, '-t', traffic],
      ...['--level', String(level), '--risk', String(risk), '--time-sec', '1'],
      ...['--batch', '--flush-session', '--disable-coloring', '--retries', '0', '--timeout', '20'],
      // What is not a terminal is a list of targets to it.
      '--ignore-stdin',
      // A wrong password is an answer, and so is where to go next.
      ...['--ignore-code', '401', '--ignore-redirects'],
      // The check for a firewall is one suspicious request, on which the question would be what to do.
      '--skip-waf',
      // Where it asks, its own choice is taken: where nothing else works, UNION is tried in its usual places only, as
      // trying it in all takes as many requests again. That there is a hole is enough.
      ...['--answers', 'exploit=N'],
      ...eachNew(target),
    ]);
    return verdictOf(
      { console, log: await logOf(output, console), traffic: await readFile(traffic, 'latin1') },
      target.shown,
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Who signs up needs an address that nobody has; what is tested follows it. */
function eachNew({ request }: Target): readonly string[] {
  return request.path === 'users' ? ['--eval', 'import uuid; email = uuid.uuid4().hex + email'] : [];
}

/** In the folder that sqlmap names after the host. */
async function logOf(output: string, console: string): Promise<string> {
  for (const name of await readdir(output)) {
    const log = await readFile(join(output, name, 'log'), 'utf8').catch(() => undefined);
    if (log !== undefined) return log;
  }
  throw new Error(`sqlmap wrote no log. Its last words:\n${console.slice(-2_000)}`);
}

async function run(folder: string, args: readonly string[]): Promise<string> {
  const sqlmap = findProgram('sqlmap');
  if (sqlmap === undefined) throw new Error('sqlmap is not installed. Run checks/machine/install.sh.');
  // A program that is killed runs no exit handler; the kernel then ends sqlmap for it.
  const setpriv = findProgram('setpriv');
  const dying = setpriv ? [setpriv, '--pdeathsig', 'KILL', '--', sqlmap] : [sqlmap];
  const [command = '', ...before] = dying;
  const child = spawn(command, [...before, ...args], {
    cwd: folder,
    // It keeps a history and its settings at home, where two of them at once would meet.
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  let console = '';
  const keep = (chunk: Buffer): void => {
    console = (console + chunk.toString('latin1')).slice(-keptConsole);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((done, failed) =>
    child.once('close', done).once('error', failed),
  );
  if (code !== 0) throw new Error(`sqlmap ended with ${code}:\n${console.slice(-2_000)}`);
  return console;
}
