import { spawn } from 'node:child_process';
import { connect } from 'node:net';

export interface Started {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a program in a group of its own, waits until its port accepts connections, and ends the whole group. */
export async function start(
  folder: string,
  command: string,
  args: readonly string[],
  port: number,
): Promise<Started> {
  const env = { ...process.env, PORT: String(port), NODE_ENV: 'production' };
  const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
    await ended;
  };
  for (let turn = 0; turn < 600 && child.exitCode === null; turn += 1) {
    if (await accepts(port)) return { url: `http://127.0.0.1:${port}/`, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`${command} ${args.join(' ')} did not listen on ${port}:\n${output}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
