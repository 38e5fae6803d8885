import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';
import { root } from '../../../checks/repository.ts';

let folder: PreloadedFolder;
/** One of each kind that the policy allows, and one that it does not. */
let allowed: Record<Kind, number>;
let refused: Record<Kind, number>;
let came = 0;
const servers: Server[] = [];
type Kind = 'raw' | 'http' | 'https' | 'http2';

beforeAll(async () => {
  folder = await preloadedFolder();
  const [key, cert] = [join(folder.folder, 'key.pem'), join(folder.folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const subject = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' });
  const tls = { key: readFileSync(key), cert: readFileSync(cert) };
  allowed = await startServers(tls, () => {});
  refused = await startServers(tls, () => came++);
});
afterAll(() => {
  for (const server of servers) server.close();
  folder.remove();
});

async function startServers(tls: object, connected: () => void): Promise<Record<Kind, number>> {
  const answer: RequestListener = (_, response) => void response.end('hello');
  const one: Record<Kind, Server> = {
    raw: createServer((socket) => socket.on('error', () => {}).end('hello')),
    http: createHttpServer(answer),
    https: createHttpsServer(tls, answer) as unknown as Server,
    http2: createHttp2Server((_, response) => response.end('hello')) as unknown as Server,
  };
  const ports: Partial<Record<Kind, number>> = {};
  for (const kind of Object.keys(one) as Kind[]) {
    const server = one[kind];
    servers.push(server.on('connection', connected));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    ports[kind] = (server.address() as AddressInfo).port;
  }
  return ports as Record<Kind, number>;
}

/** Each way in which programs open connections; prints what became of it, for both sets of ports. */
const program = `
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
const undici = await import(process.env.UNDICI);
const { ports, host = '127.0.0.1' } = JSON.parse(process.env.PLAN);
const insecure = { rejectUnauthorized: false };
const socket = (s, event = 'connect') => new Promise((done, failed) => {
  let error;
  s.on('error', (e) => { error = e; });
  s.on(event, () => { done('reached'); s.destroy(); });
  s.on('close', () => failed(error ?? new Error('closed')));
});
const request = (r) => new Promise((done, failed) => {
  r.on('error', failed).on('response', (response) => { response.resume().on('end', () => done('reached')); });
});
const body = async (response) => { await (await response).text(); return 'reached'; };
class Driver extends net.Stream {}
const lookup = (name, options, callback) => options.all
  ? callback(null, [{ address: host, family: 4 }]) : callback(null, host, 4);
const clients = {
  'net.connect(port, host)': () => socket(net.connect(ports.raw, host)),
  'net.connect(port, host, cb)': () => socket(net.connect(ports.raw, host, () => {})),
  'net.connect(text, host)': () => socket(net.connect(String(ports.raw), host)),
  'net.connect(options)': () => socket(net.connect({ port: ports.raw, host })),
  'net.createConnection': () => socket(net.createConnection({ port: ports.raw, host, autoSelectFamily: false })),
  'net.connect(port)': () => socket(net.connect(ports.raw)),
  'a family': () => socket(net.connect({ port: ports.raw, host: 'localhost', family: 4 })),
  'inherited options': () => socket(net.connect(Object.create({ port: ports.raw, host }))),
  'frozen options': () => socket(net.connect(Object.freeze({ port: ports.raw, host }))),
  'Socket.connect': () => socket(new net.Socket().connect(ports.raw, host)),
  'Socket.connect, written before': () => { const s = new net.Socket(); s.connect({ port: ports.raw, host }); s.write('x'); return socket(s); },
  'Socket.connect, the normalized form': () => socket(new net.Socket().connect(net._normalizeArgs([ports.raw, host]))),
  'a subclass, as drivers have': () => socket(new Driver().connect({ port: ports.raw, host })),
  'a lookup of its own': () => socket(net.connect({ port: ports.raw, host: 'db.example.com', lookup })),
  'a lookup of its own, one answer': () => socket(net.connect({ port: ports.raw, host: 'db.example.com', lookup, autoSelectFamily: false })),
  'dns.lookup handed in': () => socket(net.connect({ port: ports.raw, host: 'localhost', lookup: dns.lookup })),
  'tls.connect(options)': () => socket(tls.connect({ port: ports.https, host, ...insecure }), 'secureConnect'),
  'tls.connect(port, host)': () => socket(tls.connect(ports.https, host, insecure), 'secureConnect'),
  'http.get': () => request(http.get({ port: ports.http, host, agent: false })),
  'http.get, keep-alive': () => request(http.get('http://' + host + ':' + ports.http, { agent: new http.Agent({ keepAlive: true }) })),
  'https.get': () => request(https.get({ port: ports.https, host, ...insecure })),
  'http2.connect': () => socket(http2.connect('http://' + host + ':' + ports.http2)),
  'fetch': () => body(fetch('http://' + host + ':' + ports.http)),
  'undici.fetch': () => body(undici.fetch('http://' + host + ':' + ports.http)),
  'undici.request': async () => { await (await undici.request('http://' + host + ':' + ports.http)).body.text(); return 'reached'; },
  'undici, TLS': () => body(undici.fetch('https://' + host + ':' + ports.https, { dispatcher: new undici.Agent({ connect: insecure }) })),
  'WebSocket': () => new Promise((done, failed) => {
    if (typeof WebSocket === 'undefined') return done('not here');
    // The server answers 200, so that one that was reached fails as well: only the count of connections tells.
    new WebSocket('ws://' + host + ':' + ports.http).onerror = () => done('not here');
  }),
};
const outcomes = {};
for (const [name, run] of Object.entries(clients)) {
  outcomes[name] = await run().catch((error) => (error.cause ?? error).code ?? String(error));
}
console.log(JSON.stringify(outcomes));
process.exit();
`;

async function outcomes(
  ports: Record<Kind, number>,
  policy: object,
): Promise<{ byClient: Record<string, string>; errors: string; events: readonly string[] }> {
  const all = [...Object.values(allowed)];
  const allowPrivate = [
    { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: all },
    { host: 'db.example.com', cidr: '127.0.0.1/32', ports: all },
    { host: 'localhost', cidr: '127.0.0.1/32', ports: all },
    { host: 'localhost', cidr: '::1/128', ports: all },
  ];
  const { code, output, errors, events } = await folder.run({
    program,
    policy: { hosts: 'public', allowPrivate, ...policy },
    env: { PLAN: JSON.stringify({ ports }), UNDICI: join(root, 'node_modules/undici/index.js') },
  });
  if (code !== 0) throw new Error(errors);
  return { byClient: JSON.parse(output) as Record<string, string>, errors, events };
}

const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

describe('every client of node:net', () => {
  it('reaches what the policy allows', async () => {
    const { byClient, events } = await outcomes(allowed, { mode: 'enforce' });
    expect(Object.keys(byClient).length).toBeGreaterThan(25);
    expect(Object.entries(byClient).filter(([, outcome]) => !/^(reached|not here)$/.test(outcome))).toEqual(
      [],
    );
    expect(events).toEqual([]);
  });

  it('is told a refusal, and opens no connection', async () => {
    const { byClient } = await outcomes(refused, { mode: 'enforce' });
    const odd = Object.entries(byClient).filter(
      ([name, outcome]) =>
        outcome !== (name === 'WebSocket' ? 'not here' : 'fetch/private-address') &&
        // By name and literal this host is meant, so that it is the port that is not.
        outcome !== 'fetch/port-not-allowed',
    );
    expect(odd).toEqual([]);
    expect(came).toBe(0);
  });

  it('reaches everything in report mode, and it is written down', async () => {
    const { byClient, errors, events } = await outcomes(refused, { mode: 'report', until: soon });
    expect(Object.entries(byClient).filter(([, outcome]) => !/^(reached|not here)$/.test(outcome))).toEqual(
      [],
    );
    expect(came).toBeGreaterThanOrEqual(25);
    expect(errors).toContain('"outcome":"reported"');
    expect(new Set(events)).toEqual(
      new Set(['reported fetch/private-address', 'reported fetch/port-not-allowed']),
    );
  });
});
