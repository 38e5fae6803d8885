import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { builtinModule } from '../internal/builtin-module.ts';
import { sameText } from '../internal/same-text.ts';
import type { DoctorSighting } from './doctor-sighting.ts';

/** Where the doctor gets probe ids, and reads what the application saw of them. */
export interface DoctorChannel {
  /** Whether this is the id of a probe that has not arrived yet. */
  takes(id: string): boolean;
  /** Records what was seen of a probe. Later requests with its id are ignored. */
  note(id: string, sighting: DoctorSighting): void;
}

const openMs = 15 * 60_000;
const runMs = 2 * 60_000;
const mostProbes = 40;

interface Run {
  readonly key: string;
  readonly until: number;
  /** Undefined for a probe that has not arrived. */
  readonly probes: Map<string, DoctorSighting | undefined>;
}

/**
 * Opens a port of 127.0.0.1 for 15 minutes and prints its token. A token starts one run and is then replaced, so a token
 * that was copied from a screen or a shell's history is worthless. It never travels over a network. Only probe ids go through proxies, and
 * an id makes the application remember one request, nothing more.
 *
 * @returns undefined where the runtime has no servers, such as a worker at the edge
 */
export function openDoctorChannel(): DoctorChannel | undefined {
  // Not an import: this runs in workers too.
  const http = builtinModule('node:http');
  if (typeof http?.createServer !== 'function') return undefined;
  let token = secret();
  let run: Run | undefined;

  const server = http.createServer((req, res) => {
    const { method, url } = req;
    const given = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
    if (method === 'POST' && url === '/runs') {
      if (!sameText(given, token)) return answer(res, 401);
      token = secret();
      run = { key: secret(), until: Date.now() + runMs, probes: new Map() };
      print();
      return answer(res, 200, { key: run.key });
    }
    if (run === undefined || Date.now() > run.until || !sameText(given, run.key)) return answer(res, 401);
    const { probes } = run;
    if (method === 'POST' && url === '/probes') {
      if (probes.size >= mostProbes) return answer(res, 429);
      const id = secret();
      probes.set(id, undefined);
      return answer(res, 200, { id });
    }
    const seen = method === 'GET' ? probes.get(/^\/probes\/([\w-]+)$/.exec(url ?? '')?.[1] ?? '') : undefined;
    return answer(res, seen ? 200 : 404, seen);
  });
  // Nothing here reads a body, and one doctor needs few connections.
  Object.assign(server, { maxConnections: 4, headersTimeout: 5_000, requestTimeout: 5_000 });
  server.on('error', (error) => console.error(`bulwark doctor: not started. ${error.message}`));
  let port = 0;
  server.listen(0, '127.0.0.1', () => {
    port = (server.address() as AddressInfo).port;
    print();
  });
  server.unref();
  setTimeout(() => {
    run = undefined;
    server.close();
    server.closeAllConnections();
  }, openMs).unref();

  function print(): void {
    console.error(
      'bulwark doctor: this process can be diagnosed from this machine for 15 minutes after its start. Run:\n' +
        `  BULWARK_DOCTOR_TOKEN=${port}.${token} npx --no-install bulwark doctor <the URL that browsers use>`,
    );
  }

  return {
    takes: (id) =>
      run !== undefined && Date.now() <= run.until && run.probes.has(id) && run.probes.get(id) === undefined,
    note: (id, sighting) => void run?.probes.set(id, sighting),
  };
}

function answer(res: ServerResponse<IncomingMessage>, status: number, body: object = {}): void {
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  res.end(JSON.stringify(body));
}

/** 192 random bits. */
function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
