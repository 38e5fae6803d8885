import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { bundleWorker } from './bundle-worker.ts';

const program = fileURLToPath(
  new URL('./node_modules/@cloudflare/workerd-linux-64/bin/workerd', import.meta.url),
);

export interface RunningWorker {
  readonly url: string;
  /** What the worker wrote to its standard error. */
  log(): string;
  stop(): Promise<void>;
}

/** Serves a worker on loopback. Its only module of Node is AsyncLocalStorage, and it has no access to the network. */
export async function runWorker(file: URL): Promise<RunningWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-workerd-'));
  const { text } = await bundleWorker(file);
  writeFileSync(join(folder, 'worker.js'), text);
  const port = await freePort();
  writeFileSync(join(folder, 'config.capnp'), configFor(port));
  const child = spawn(program, ['serve', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written = (written + chunk.toString()).slice(-1_000_000);
    });
  }
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt++) {
    if (await answers(url)) return { url, log: () => written, stop };
    await wait(100);
  }
  await stop();
  throw new Error(`workerd does not answer:\n${written}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

function configFor(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .shop), (name = "nothing", network = (allow = []))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const shop :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ["nodejs_als"],
  globalOutbound = "nothing",
);
`;
}
