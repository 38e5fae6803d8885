import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names, publicAddress } from './network.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
let canary: Server;
let ports: Record<string, number>;

beforeAll(async () => {
  canary = createServer((req, res) => res.end(`canary for ${req.headers.host}`)).listen(0, '127.0.0.1');
  await new Promise((resolve) => canary.once('listening', resolve));
  const { port } = canary.address() as AddressInfo;
  ports = { metadata: port, internal: port, public: port, banner: port };
});
afterAll(() => void canary.close());

/** Runs code in a confined process and gives back what it printed, as JSON. */
async function confined(code: string): Promise<unknown> {
  const script = `
    import { confine } from './examples/lab/run/confine.ts';
    confine(${JSON.stringify({ names, ports })});
    const { default: net } = await import('node:net');
    const { default: http } = await import('node:http');
    const { default: dns } = await import('node:dns');
    ${code}`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    timeout: 20_000,
  });
  return JSON.parse(stdout);
}

describe('a confined process', () => {
  it('reaches the canaries by name, by address, and by every client', async () => {
    const seen = await confined(`
      const get = (url) => new Promise((resolve, reject) => http.get(url, (res) => {
        let body = ''; res.on('data', (d) => body += d).on('end', () => resolve(body));
      }).on('error', reject));
      console.log(JSON.stringify([
        await (await fetch('http://news.example.com/')).text(),
        await (await fetch('http://169.254.169.254/latest/')).text(),
        await get('http://127.0.0.1.nip.io/'),
        await get('http://[::1]:8080/'),
      ]));`);
    expect(seen).toEqual([
      'canary for news.example.com',
      'canary for 169.254.169.254',
      'canary for 127.0.0.1.nip.io',
      'canary for [::1]:8080',
    ]);
  });

  it('shows the address that the real network would have shown', async () => {
    const seen = await confined(`
      const socket = net.connect({ host: 'news.example.com', port: 80 });
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      console.log(JSON.stringify([socket.remoteAddress, socket.remotePort]));
      socket.destroy();`);
    expect(seen).toEqual([publicAddress, 80]);
  });

  it('reaches nothing else: no address, no name, no socket file', async () => {
    const seen = await confined(`
      const tried = [{ host: '192.0.2.1', port: 80 }, { host: '198.51.100.1', port: 443 }, { host: '2001:db8::1', port: 80 },
        { host: 'example.org', port: 80 }, { path: '/run/docker.sock' }];
      console.log(JSON.stringify(await Promise.all(tried.map((to) => new Promise((resolve) => {
        net.connect(to).on('error', (e) => resolve(e.code)).on('connect', () => resolve('connected'));
      })))));`);
    expect(seen).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNREFUSED']);
  });

  it('asks no real resolver', async () => {
    const seen = await confined(`
      const one = await new Promise((resolve) => dns.lookup('example.org', (e) => resolve(e?.code)));
      const two = await dns.promises.lookup('news.example.com', { all: true });
      console.log(JSON.stringify([one, two]));`);
    expect(seen).toEqual(['ENOTFOUND', [{ address: publicAddress, family: 4 }]]);
  });
});
