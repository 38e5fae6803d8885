import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The attacker's server, on loopback. It records the requested paths, and serves the pages that it is given. */
export interface Canary {
  readonly port: number;
  /** The same host as Desk, another port: another origin on the same site, so that `SameSite` cookies are sent. */
  readonly sibling: string;
  /** Another site. */
  readonly foreign: string;
  /** The paths that were requested since the last call. */
  taken(): string[];
  serve(page: string): void;
  stop(): Promise<void>;
}

export async function startCanary(): Promise<Canary> {
  let paths: string[] = [];
  let markup = '<!doctype html><title>canary</title>';
  const server = createServer((req, res) => {
    paths.push(req.url ?? '');
    res.setHeader('content-type', 'text/html; charset=utf-8').end(markup);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    sibling: `http://127.0.0.1:${port}`,
    foreign: `http://localhost:${port}`,
    taken() {
      const now = paths;
      paths = [];
      return now;
    },
    serve(page) {
      markup = page;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
