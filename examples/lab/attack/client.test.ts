import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../run/app-process.ts';
import { createClient } from './client.ts';

async function shop(lines: readonly string[]): Promise<{ app: App; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    requests.push(req);
    res.setHeader('Set-Cookie', lines[requests.length - 1] ?? '').end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { app: { url: `http://127.0.0.1:${port}/` } as App, requests };
}

it('keeps cookies from one request to the next, and drops those that are removed', async () => {
  const { app, requests } = await shop([
    'a=1; Path=/',
    'b=2=3',
    'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'b=; Max-Age=0',
  ]);
  const client = createClient(app);
  for (let i = 0; i < 5; i++) await client.get('');
  expect(requests.map(({ headers }) => headers.cookie)).toEqual([
    undefined,
    'a=1',
    'a=1; b=2=3',
    'b=2=3',
    undefined,
  ]);
});

it('comes from one address, which is another for each client', async () => {
  const { app, requests } = await shop([]);
  const [first, second] = [createClient(app), createClient(app)];
  await first.get('');
  await first.post('', { a: 'b' });
  await second.get('');
  const addresses = requests.map(({ headers }) => headers['x-forwarded-for']);
  expect(addresses[0]).toBe(addresses[1]);
  expect(addresses[0]).not.toBe(addresses[2]);
});
