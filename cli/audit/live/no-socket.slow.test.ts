import dgram from 'node:dgram';
import dns from 'node:dns';
import { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { repositoryFolders } from '../../scan/testing/folder.ts';
import { allChecks } from '../all-checks.ts';
import { AuditMistake } from '../audit-mistake.ts';
import { runAuditCommand } from '../run-command.ts';
import type { LiveOptions } from './open-live.ts';

const lay = repositoryFolders();
afterEach(() => vi.restoreAllMocks());

/** How often the network was used by an audit of a small project with an application, a proxy and an attempt to name a site. */
async function connections(live?: LiveOptions): Promise<number> {
  const { path } = lay({
    'package.json': '{"dependencies":{"express":"4.21.2"}}',
    'server.js':
      "const app = require('express')();\napp.get('/', (req, res) => fetch(req.query.url));\napp.listen(80);\n",
    'nginx.conf': 'server { listen 80; location / { proxy_pass http://127.0.0.1:3000; } }\n',
  });
  const refuse = (): never => {
    throw new Error('the network was used');
  };
  const spies = [
    vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
      setImmediate(() => this.destroy(new Error('the network was used')));
      return this;
    }),
    vi.spyOn(dgram, 'createSocket').mockImplementation(refuse),
    vi.spyOn(dns, 'lookup').mockImplementation(refuse as unknown as typeof dns.lookup),
    vi.spyOn(dns.promises, 'lookup').mockImplementation(refuse),
  ];
  await runAuditCommand(
    { folder: path, format: 'json', failOn: 'never', updateBaseline: false, only: [], skip: [], live },
    { cwd: path, version: '0', color: false, today: '2026-12-01', checks: allChecks },
  ).catch((error: unknown) => {
    if (!isExpected(error)) throw error;
  });
  return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

/** The errors for invalid options. */
function isExpected(error: unknown): boolean {
  return error instanceof AuditMistake && /^audit\/(?:url|option)$/.test(error.code);
}

const none: LiveOptions = { urls: [], allowHosts: [], probeAddresses: [] };

it('opens no connection without --url', { timeout: 120_000 }, async () => {
  expect(await connections()).toBe(0);
});

it('opens connections with it, which this test would see', { timeout: 120_000 }, async () => {
  expect(await connections({ ...none, urls: ['http://127.0.0.1:9/'] })).toBeGreaterThan(0);
  expect(await connections({ ...none, hostProbe: true, probeAddresses: ['127.0.0.1:9'] })).toBeGreaterThan(0);
});

it('opens none for options that are wrong', async () => {
  for (const live of [
    { ...none, urls: ['http://127.0.0.1:9/'], hostProbe: true, probeAddresses: ['10.0.0.0/8'] },
    { ...none, urls: ['http://127.0.0.1:9/', 'https://shop.example'] },
    { ...none, urls: ['http://127.0.0.1:9/'], ca: '/none' },
    { ...none, urls: ['http://127.0.0.1:9/'], probeAddresses: ['10.0.0.1:1'] },
  ])
    expect(await connections(live)).toBe(0);
});
