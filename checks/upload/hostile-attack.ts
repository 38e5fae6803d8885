import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostileRequest } from './hostile-bodies.ts';
import type { ServerReport } from './hostile-server.ts';

/** What came of an attack. */
export interface AttackReport extends ServerReport {
  readonly answers: Readonly<Record<string, number>>;
  /** Requests, by number, that were neither answered nor closed in time. */
  readonly hung: readonly number[];
  /** How often the server's process ended. */
  readonly crashes: number;
}

const lanes = 32;
/** More than any limit of the servers. */
const patienceMs = 5_000;

/** Sends the first `count` hostile requests to a server that is written with the library. */
export async function attack(library: string, count: number): Promise<AttackReport> {
  const folder = mkdtempSync(join(tmpdir(), `bulwark-hostile-${library}-`));
  const script = fileURLToPath(new URL('./hostile-server.ts', import.meta.url));
  const answers: Record<string, number> = {};
  const hung: number[] = [];
  let crashes = 0;
  let next = 0;

  async function start(): Promise<{ child: ReturnType<typeof fork>; port: number }> {
    const child = fork(script, [library, folder], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [port] = (await once(child, 'message')) as [number];
    return { child, port };
  }

  let server = await start();
  try {
    const lane = async (): Promise<void> => {
      while (next < count) {
        const index = next++;
        const outcome = await send(server.port, index);
        answers[outcome] = (answers[outcome] ?? 0) + 1;
        if (outcome === 'hung') hung.push(index);
      }
    };
    while (next < count) {
      const ended = once(server.child, 'exit').then(() => 'ended' as const);
      // A server that ends takes the requests of the other lanes with it; their lanes go on against the next one.
      const outcome = await Promise.race([Promise.all(Array.from({ length: lanes }, lane)), ended]);
      if (outcome !== 'ended') break;
      crashes++;
      server = await start();
    }
    // What is refused while its client goes on sending is cleared away after the answer.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const reported = once(server.child, 'message');
    server.child.send('report');
    const [report] = (await reported) as [ServerReport];
    return { ...report, answers, hung, crashes };
  } finally {
    server.child.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The status of the answer; `closed` without one, `reset` by the client itself, `hung` where nothing came. */
function send(port: number, index: number): Promise<string> {
  const { pieces, then } = hostileRequest(index);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let drip: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => done('hung'), patienceMs);
    const done = (outcome: string): void => {
      clearTimeout(timer);
      clearInterval(drip);
      socket.destroy();
      resolve(outcome);
    };
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      if (status !== undefined && status !== '100') done(status);
    });
    socket.on('error', () => {});
    socket.on('close', () => done('closed'));
    for (const piece of pieces) socket.write(piece);
    if (then === 'reset') {
      socket.write('', () => {
        socket.resetAndDestroy();
        done('reset');
      });
    } else if (then === 'drip') {
      // Slower than the servers' patience.
      drip = setInterval(() => socket.writable && socket.write('-'), 700);
    }
  });
}
