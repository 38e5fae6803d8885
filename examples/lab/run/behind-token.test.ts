import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { behindToken } from './behind-token.ts';

async function locationFor(to: string, headers: Record<string, string> = {}): Promise<string | null> {
  const app: RequestListener = (_req, res) => {
    res.statusCode = 303;
    res.setHeader('Location', to);
    res.end();
  };
  const server = createServer(behindToken('secret', app)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/secret/`, { redirect: 'manual', headers });
  return response.headers.get('location');
}

it('keeps a redirect to a path of the application below the token', async () => {
  expect(await locationFor('/account')).toBe('/secret/account');
});

it.each(['/secret/account', 'account', '//evil.test/', 'https://evil.test/'])(
  'leaves other redirects as they are (%s)',
  async (to) => {
    expect(await locationFor(to)).toBe(to);
  },
);

it('leaves them to a proxy, which shows the application at the root', async () => {
  expect(await locationFor('/account', { 'x-forwarded-host': 'shop.test' })).toBe('/account');
});
