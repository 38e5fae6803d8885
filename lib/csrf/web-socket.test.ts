import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket as Client, type ClientOptions, WebSocketServer } from 'ws';
import { type CsrfWorld, startCsrfWorld } from '../../checks/csrf/csrf-world.ts';
import { missing } from '../../checks/machine/missing.ts';
import { keyring } from '../secrets/index.ts';
import { csrf } from './index.ts';

const reason = missing('chromium');
const keys = keyring('q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue');
const origin = 'https://shop.example.com';
const session = { binding: 'binding-of-session-1', hasCookie: true };

describe('cross-site WebSocket hijacking (CWE-1385): csrf/foreign-socket', () => {
  const guard = csrf({
    ...{ origin, keys, allowOrigins: ['https://admin.example.com'] },
    allowUnchecked: [{ path: '/public', because: 'it tells everyone the same' }],
  });
  const accepting = new WebSocketServer({ noServer: true });
  let server: Server;
  let code = '';

  beforeAll(async () => {
    server = createServer();
    server.on('upgrade', (req, socket, head) => {
      const hasCookie = req.headers.cookie !== undefined;
      const decision = guard.checkUpgrade(req, {
        ...{ protocol: 'https', host: 'shop.example.com' },
        session: { binding: hasCookie ? session.binding : undefined, hasCookie },
      });
      code = decision.allow ? 'allowed' : decision.code;
      if (decision.allow) accepting.handleUpgrade(req, socket, head, (peer) => peer.send('hello'));
      else socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    for (const peer of accepting.clients) peer.terminate();
    await new Promise((done) => server.close(done));
  });

  /** What the client got: a message, or the status of the refusal. */
  function connect(headers: Record<string, string>, path = '/feed'): Promise<string> {
    const options: ClientOptions = { headers };
    return new Promise((resolve, reject) => {
      const client = new Client(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, options);
      client.on('message', (data) => {
        resolve(String(data));
        client.close();
      });
      client.on('unexpected-response', (request, response) => {
        resolve(String(response.statusCode));
        request.destroy();
      });
      client.on('error', reject);
    });
  }

  it.each([
    'https://evil.example',
    'https://blog.shop.example.com',
    'http://shop.example.com',
    'https://shop.example.com.evil.example',
    'null',
  ])('refuses a page of %s, with a cookie and without', async (foreign) => {
    for (const headers of [{ origin: foreign, cookie: 'sid=1' }, { origin: foreign }]) {
      expect(await connect(headers)).toBe('403');
      expect(code).toBe('csrf/foreign-socket');
    }
  });

  it("accepts the application's own pages, listed origins, and browsers that send same-origin", async () => {
    expect(await connect({ origin, cookie: 'sid=1' })).toBe('hello');
    expect(await connect({ origin: 'https://admin.example.com', cookie: 'sid=1' })).toBe('hello');
    expect(await connect({ 'sec-fetch-site': 'same-origin', cookie: 'sid=1' })).toBe('hello');
    expect(await connect({ 'sec-fetch-site': 'cross-site', origin, cookie: 'sid=1' })).toBe('403');
  });

  it('accepts a program without a cookie, and one with a cookie and a token', async () => {
    expect(await connect({})).toBe('hello');
    expect(await connect({ cookie: 'sid=1' })).toBe('403');
    expect(code).toBe('csrf/token-missing');
    const token = guard.token({ headers: {} }, { session });
    expect(await connect({ cookie: 'sid=1', 'x-csrf-token': token })).toBe('hello');
    expect(await connect({ cookie: 'sid=1', 'x-csrf-token': `${token}x` })).toBe('403');
    expect(code).toBe('csrf/token-invalid');
  });

  it('does not let a token speak for a foreign page', async () => {
    const token = guard.token({ headers: {} }, { session });
    expect(await connect({ origin: 'https://evil.example', cookie: 'sid=1', 'x-csrf-token': token })).toBe(
      '403',
    );
    expect(await connect({ origin: 'null', cookie: 'sid=1', 'x-csrf-token': token })).toBe('403');
  });

  it('leaves out routes that say why', async () => {
    expect(await connect({ origin: 'https://evil.example' }, '/public')).toBe('hello');
    expect(await connect({ origin: 'https://evil.example' }, '/public/x')).toBe('403');
  });
});

describe.skipIf(reason)(`WebSockets of Chromium${reason ? `: ${reason}` : ''}`, { timeout: 60_000 }, () => {
  const accepting = new WebSocketServer({ noServer: true });
  let world: CsrfWorld;

  beforeAll(async () => {
    world = await startCsrfWorld(csrf());
    world.onUpgrade = (req, socket, head) =>
      accepting.handleUpgrade(req, socket, head, (peer) => peer.send('the balance'));
  }, 60_000);
  afterAll(async () => {
    for (const peer of accepting.clients) peer.terminate();
    await world?.stop();
  });

  it.each(['http', 'https'] as const)("reads the feed from one's own page only, over %s", async (scheme) => {
    for (const [host, expected] of [
      ['evil.test', 'closed'],
      ['blog.shop.example', 'closed'],
      ['shop.example', 'the balance'],
    ] as const) {
      const tab = await world.open(`${world.origin(host, scheme)}/`);
      const read = await tab.evaluate(
        (url) =>
          new Promise<string>((resolve) => {
            const socket = new WebSocket(url);
            socket.onmessage = (event) => resolve(String(event.data));
            socket.onclose = () => resolve('closed');
          }),
        `${world.origin('shop.example', scheme).replace('http', 'ws')}/feed`,
      );
      expect(read, host).toBe(expected);
      await tab.close();
    }
    // The session's cookie came along each time: nothing but the check kept the feed from the others.
    const codes = world
      .outcomes()
      .slice(-3)
      .map(({ code, hasCookie }) => `${code} ${hasCookie}`);
    expect(codes.at(-1)).toBe('allowed true');
    expect(codes[1]).toBe('csrf/foreign-socket true');
  });
});
