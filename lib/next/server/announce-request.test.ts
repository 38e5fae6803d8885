import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import type { TrustedProxyOptions } from '../../request/trusted-proxies.ts';
import { openRequest, sealedHeader } from '../sealed-request.ts';
import { bulwark } from './bulwark.ts';

configureEvents({ sinks: [] });

type Names = Readonly<Record<string, string>>;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server whose handler answers with the headers that Next.js would get. */
async function serve(trustedProxies: number | TrustedProxyOptions = 0): Promise<number> {
  const listener = bulwark({ trustedProxies }, (req, res) => void res.end(JSON.stringify(req.headers)));
  const server = createServer(listener);
  servers.push(server.listen(0, '127.0.0.1'));
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

function ask(port: number, headers: Names, localAddress = '127.0.0.1'): Promise<Names> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers, localAddress, agent: false }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      res.on('end', () => resolve(JSON.parse(text) as Names));
    })
      .on('error', reject)
      .end();
  });
}

const clientOf = (headers: Names): string | undefined => openRequest(headers[sealedHeader])?.client;

describe('the sealed header of another request', () => {
  it.each([0, 1, { hops: 1, from: ['10.0.0.0/8'] }, { hops: 1, headers: 'forwarded' as const }])(
    'tells the client if Next.js sends it with all others, to fetch a page of its own (%j)',
    async (proxies) => {
      const port = await serve(proxies);
      const first = await ask(port, {}, '127.0.0.2');
      expect(clientOf(first)).toBe('127.0.0.2');
      const own = await ask(port, first);
      expect(clientOf(own)).toBe('127.0.0.2');
      expect(own['x-forwarded-for']).toBe('127.0.0.2');
    },
  );

  it.each([
    ['appends the address to a forged one', { 'x-forwarded-for': '127.0.0.2, 203.0.113.9' }, 1],
    ['writes the address', { 'x-forwarded-for': '203.0.113.9' }, 1],
    [
      'writes the address in Forwarded',
      { 'x-forwarded-for': '127.0.0.2', forwarded: 'for=203.0.113.9' },
      { hops: 1, headers: 'forwarded' as const },
    ],
  ] as const)('is worthless through a proxy on the same machine that %s', async (_what, written, proxies) => {
    const port = await serve(proxies);
    const sealed = (await ask(port, {}, '127.0.0.2'))[sealedHeader] ?? '';
    const replayed = await ask(port, { ...written, [sealedHeader]: sealed });
    expect(clientOf(replayed)).toBe('203.0.113.9');
    expect(replayed['x-forwarded-for']).toBe('203.0.113.9');
  });

  it('is worthless from another machine', async () => {
    const port = await serve();
    const first = await ask(port, {}, '127.0.0.2');
    expect(clientOf(await ask(port, first, '127.0.0.3'))).toBe('127.0.0.3');
  });
});

it('an address in Forwarded does not reach the application, and other headers do', async () => {
  const read = await ask(await serve(), { forwarded: 'for=203.0.113.9', 'x-tenant': 'one' });
  expect(read['forwarded']).toBeUndefined();
  expect(read).toMatchObject({ 'x-tenant': 'one', 'x-forwarded-for': '127.0.0.1' });
});
