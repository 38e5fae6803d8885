import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPlaces } from '../attack/all-attacks.ts';
import { behindFence, fenceHeader } from './behind-fence.ts';

const server = createServer(behindFence('s3cret', (_req, res) => void res.end('in')));
let port: number;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

/** As it is written: `fetch` would tidy the path. */
function statusOf(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

const dangerous = allPlaces
  .filter(({ fixed }) => fixed)
  .map(({ endpoint }) => /^\w+ ([\w.]+)/.exec(endpoint)?.[1] ?? '');

it.each([...new Set(dangerous)])('lets only the lab at /%s', async (path) => {
  expect(await statusOf(`/${path}?file=x`)).toBe(403);
  expect(await statusOf(`/${path}`, { [fenceHeader]: 'guess' })).toBe(403);
  expect(await statusOf(`/${path}`, { [fenceHeader]: 's3cret' })).toBe(200);
});

it.each(['/DOWNLOAD?file=x', '/download/', '//download', '/%64ownload', '/download%2f', '/import#x'])(
  'knows %s, too',
  async (path) => {
    expect(await statusOf(path)).toBe(403);
  },
);

it.each(['/', '/avatar.svg', '/products?q=/download', '/uploads/me.png', '/trade', '/%'])(
  'lets everybody at %s',
  async (path) => {
    expect(await statusOf(path)).toBe(200);
  },
);
