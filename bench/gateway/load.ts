import { Agent, request } from 'node:http';
import { connect } from 'node:net';

export interface Measured {
  /** Of each request, in milliseconds. */
  readonly latencies: readonly number[];
  readonly seconds: number;
}

/** `count` pieces of work, `width` at a time. */
async function closedLoop(count: number, width: number, work: () => Promise<void>): Promise<Measured> {
  const latencies: number[] = [];
  let left = count;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const start = performance.now();
      await work();
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return { latencies, seconds: (performance.now() - began) / 1_000 };
}

/** Plain requests through a proxy, over kept connections. */
export async function plainRequests(proxy: number, origin: number, count: number): Promise<Measured> {
  const width = 16;
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const headers = { host: `127.0.0.1:${origin}` };
  const measured = await closedLoop(count, width, () => {
    return new Promise((done, failed) => {
      const path = `http://127.0.0.1:${origin}/`;
      request({ agent, port: proxy, host: '127.0.0.1', path, headers }, (response) => {
        if (response.statusCode !== 200) failed(new Error(`status ${response.statusCode}`));
        response.resume().once('end', done);
      })
        .once('error', failed)
        .end();
    });
  });
  agent.destroy();
  return measured;
}

/** Tunnels: a connection, CONNECT, its answer, and the end. */
export function tunnels(proxy: number, origin: number, count: number): Promise<Measured> {
  return closedLoop(count, 8, () => {
    return new Promise((done, failed) => {
      const socket = connect({ port: proxy, host: '127.0.0.1' }, () => {
        socket.write(`CONNECT 127.0.0.1:${origin} HTTP/1.1\r\nHost: 127.0.0.1:${origin}\r\n\r\n`);
      });
      socket.once('error', failed).once('data', (answer) => {
        if (!answer.toString('latin1').startsWith('HTTP/1.1 200')) failed(new Error('no tunnel'));
        socket.destroy();
        done();
      });
    });
  });
}
