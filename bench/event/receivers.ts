/** The other side of the network sinks, in a process of its own, so that only the sinks' time is counted. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface Ports {
  /** Answers by the path: /ok, /hang, /fail, and /slow after a while. */
  readonly http: number;
  readonly syslog: number;
  /** Accepts connections and reads nothing. */
  readonly deaf: number;
  /** Reads a piece every while. */
  readonly slow: number;
}

/** How long a receiver that is flooded takes over one batch. */
const slowMs = 25;

export async function startReceivers(): Promise<{ readonly ports: Ports; readonly child: ChildProcess }> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: process.execArgv });
  const [ports] = (await once(child, 'message')) as [Ports];
  return { ports, child };
}

async function receive(tell: (ports: Ports) => void): Promise<void> {
  const quiet = (socket: Socket): Socket => socket.on('error', () => {});
  const http = createServer((request, response) => {
    request.resume();
    const { url = '' } = request;
    if (url.startsWith('/hang')) return;
    request.on('end', () => {
      if (url.startsWith('/slow')) setTimeout(() => response.end(), slowMs);
      else response.writeHead(url.startsWith('/fail') ? 500 : 200).end();
    });
  });
  const syslog = createSocketServer((socket) => void quiet(socket).resume());
  const deaf = createSocketServer({ pauseOnConnect: true }, (socket) => void quiet(socket));
  const slow = createSocketServer((socket) => {
    quiet(socket).on('data', () => {
      socket.pause();
      setTimeout(() => socket.resume(), slowMs);
    });
  });
  const portOf = async (server: typeof http | typeof syslog): Promise<number> => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  tell({
    http: await portOf(http),
    syslog: await portOf(syslog),
    deaf: await portOf(deaf),
    slow: await portOf(slow),
  });
  process.once('disconnect', () => process.exit());
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send)
  await receive(process.send.bind(process));
