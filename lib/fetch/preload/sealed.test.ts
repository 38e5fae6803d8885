import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreloadedFolder, preloadedFolder } from '../../../checks/machine/preloaded.ts';
import { runSealed, type SealedNetwork, whyNotSealed } from '../../../checks/machine/sealed.ts';
import type { Zone } from '../../../checks/machine/sealed-dns.ts';
import type { SealedPreloadPlan, SealedPreloadReport } from '../../../checks/machine/sealed-preload.ts';

const sealedProgram = new URL('../../../checks/machine/sealed-preload.ts', import.meta.url);
const publicV4 = '93.184.215.14';
const publicV6 = '2606:2800:21f::1';
const network: SealedNetwork = {
  addresses: [
    ...[`${publicV4}/32`, `${publicV6}/128`, '10.0.0.1/32', '10.2.0.1/32', '169.254.169.254/32'],
    ...['168.63.129.16/32', 'fd00:ec2::254/128', '64:ff9b::a00:1/128', '64:ff9b::5db8:d70e/128'],
  ],
  hosts: ['10.0.0.1 hosts-file.example'],
};

/** Connects to one target after the other, as `client host port`. */
const program = `
import dns from 'node:dns';
import http from 'node:http';
import net from 'node:net';
const ended = (socket) => new Promise((done, failed) => {
  socket.on('error', failed).on('connect', () => { done(socket.remoteAddress.replace(/^::ffff:/, '')); socket.destroy(); });
});
const clients = {
  net: (host, port) => ended(net.connect(port, host)),
  one: (host, port) => ended(net.connect({ host, port, autoSelectFamily: false })),
  own: (host, port) => ended(net.connect({ host, port, lookup: (...args) => dns.lookup(...args) })),
  http: (host, port) => new Promise((done, failed) => {
    http.get({ host, port }, (response) => { done(response.socket.remoteAddress); response.resume(); }).on('error', failed);
  }),
  fetch: async (host, port) => (await fetch('http://' + (net.isIPv6(host) ? '[' + host + ']' : host) + ':' + port)).text(),
};
for (const [client, host, port] of JSON.parse(process.env.PLAN)) {
  console.log(await clients[client](host, port).catch((error) => (error.cause ?? error).code ?? String(error)));
}
process.exit();
`;

type Attempt = readonly [client: 'net' | 'one' | 'own' | 'http' | 'fetch', host: string, port: number];

let folder: PreloadedFolder;
beforeAll(async () => {
  folder = await preloadedFolder();
});
afterAll(() => folder.remove());

async function sealed(policy: object, zone: Zone, input: readonly Attempt[]): Promise<SealedPreloadReport> {
  const plan: SealedPreloadPlan = {
    ...{ zone, input, preload: folder.preload, ports: [80, 443, 5432] },
    policy: folder.write('policy.json', JSON.stringify({ mode: 'enforce', hosts: 'public', ...policy })),
    program: folder.write('program.mjs', program),
  };
  const report = (await runSealed(sealedProgram, network, plan)) as SealedPreloadReport;
  if (report.code !== 0) throw new Error(report.errors);
  return report;
}

const every = ['net', 'one', 'own', 'http', 'fetch'] as const;
const why = whyNotSealed();
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;

describe.skipIf(why !== undefined)(`with a real resolver${title}`, () => {
  it('reaches public hosts over both families, and falls back from one to the other', async () => {
    const zone: Zone = {
      'four.example': { a: [[publicV4]] },
      'six.example': { aaaa: [[publicV6]] },
      // Nobody is at the first: happy eyeballs goes on to the second of the list that was checked.
      'both.example': { a: [[publicV4]], aaaa: [['2606:2800:21f::99']] },
      'nat64.example': { aaaa: [['64:ff9b::5db8:d70e']] },
    };
    const { lines, errors } = await sealed({}, zone, [
      ...every.map((client) => [client, 'four.example', 80] as const),
      ['net', 'six.example', 443],
      ['net', 'both.example', 80],
      ['http', 'both.example', 80],
      ['fetch', 'nat64.example', 80],
      ['net', 'missing.example', 80],
      ['net', publicV6, 80],
    ]);
    expect(lines).toEqual([
      ...[publicV4, publicV4, publicV4, publicV4, 'hello'],
      ...[publicV6, publicV4, publicV4, 'hello', 'ENOTFOUND', publicV6],
    ]);
    expect(errors).not.toContain('refused');
    expect(errors).toContain(`"host":"both.example","port":80,"address":"${publicV4}"`);
  });

  it('checks every answer, and dials what it checked (DNS rebinding)', async () => {
    const zone: Zone = {
      'rebind.example': { a: [[publicV4], ['10.0.0.1'], [publicV4], ['169.254.169.254']] },
      'mixed.example': { a: [[publicV4, '10.0.0.1']] },
      'nat64.example': { aaaa: [['64:ff9b::a00:1']] },
    };
    const { lines, connections, queries } = await sealed({}, zone, [
      ...Array.from({ length: 4 }, () => ['net', 'rebind.example', 80] as const),
      ...every.map((client) => [client, 'mixed.example', 80] as const),
      ...every.map((client) => [client, 'nat64.example', 80] as const),
      ...every.map((client) => [client, 'hosts-file.example', 80] as const),
    ]);
    expect(lines).toEqual([
      ...[publicV4, 'fetch/private-address', publicV4, 'fetch/cloud-metadata'],
      // What a lookup of the caller's does not hand out is not dialled, and not looked at.
      ...Array<string>(15).fill('fetch/private-address'),
    ]);
    expect(queries['rebind.example A']).toBe(4);
    expect(connections).toEqual({ [`${publicV4} 80`]: 2 });
  });

  it('refuses metadata by every client, address and spelling, in report mode too', async () => {
    const zone: Zone = { 'cloud.example': { a: [['169.254.169.254']], aaaa: [['fd00:ec2::254']] } };
    const hosts = [
      ...['169.254.169.254', '168.63.129.16', 'fd00:ec2::254', '::ffff:a9fe:a9fe', 'cloud.example'],
      ...['0xa9fea9fe', '2852039166', '169.254.43518', '0251.0376.0251.0376'],
    ];
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const attempts = hosts.flatMap((host) => every.map((client): Attempt => [client, host, 80]));
    const { lines, connections } = await sealed({ mode: 'report', until }, zone, [
      ...attempts,
      ['net', '10.0.0.1', 5432],
    ]);
    expect(lines).toEqual([...attempts.map(() => 'fetch/cloud-metadata'), '10.0.0.1']);
    expect(connections).toEqual({ '10.0.0.1 5432': 1 });
  });

  it('opens a database by host, range and port, and no further', async () => {
    const zone: Zone = {
      'db.internal': { a: [['10.2.0.1'], ['10.2.0.1'], ['10.2.0.1'], ['10.0.0.1'], [publicV4]] },
    };
    const allowPrivate = [{ host: 'db.internal', cidr: '10.2.0.0/16', ports: [5432] }];
    const { lines, connections } = await sealed({ hosts: [], allowPrivate }, zone, [
      ...(['net', 'one', 'own'] as const).map((client): Attempt => [client, 'db.internal', 5432]),
      ...(['net', 'net'] as const).map((client): Attempt => [client, 'db.internal', 5432]),
      ['net', '10.2.0.1', 5432],
      ['net', 'db.internal', 443],
    ]);
    expect(lines.slice(0, 3)).toEqual(['10.2.0.1', '10.2.0.1', '10.2.0.1']);
    expect(lines.slice(3)).toEqual([
      ...['fetch/private-address', 'fetch/host-not-allowed', 'fetch/private-address'],
      'fetch/host-not-allowed',
    ]);
    expect(connections).toEqual({ '10.2.0.1 5432': 3 });
  });
});
