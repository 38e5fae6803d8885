import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { currentInputs, currentRequest } from '../request/context.ts';
import {
  type BulwarkOptions,
  bulwark,
  cspReportHandler,
  type Handler,
  routeCsp,
  routeHeaders,
} from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
const codes = async (): Promise<string[]> => {
  await recorder.flush();
  return events.splice(0).map(({ code }) => code);
};

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serve = (handler: Handler, options: BulwarkOptions = { onError: () => {} }): Promise<string> =>
  listen(bulwark(options, handler));

/** Writes these bytes, and gives all that came back by the time that the server closed the connection. */
function exchange(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.setTimeout(5_000, () => socket.destroy(new Error(`no end after ${JSON.stringify(answer)}`)));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

describe('an application on node:http', () => {
  it('has security headers, and a fresh nonce that page and policy share', async () => {
    const url = await serve((_req, res) => void res.end(currentRequest()?.nonce));
    const [first, second] = [await fetch(url), await fetch(url)];
    const nonce = await first.text();
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await second.text()).not.toBe(nonce);
  });

  it('keeps a page with a nonce out of shared caches, and nothing else', async () => {
    const url = await serve((req, res) => {
      res.setHeader('Cache-Control', 'public, max-age=60');
      res.writeHead(200, { 'Content-Type': req.url === '/page' ? 'text/html' : 'text/css' }).end('x');
    });
    expect((await fetch(`${url}/page`)).headers.get('cache-control')).toBe('private, max-age=60');
    expect((await fetch(`${url}/style`)).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('knows the request in its handler, after an await, and in events', async () => {
    events.length = 0;
    const url = await serve(
      async (_req, res) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const texts = currentInputs()?.strings.map(({ text }) => text);
        if (texts?.includes('c d')) refuse(deny('request/invalid-host', { host: 'x', reason: 'a test' }));
        res.end(currentRequest()?.client);
      },
      { trustedProxies: 1 },
    );
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' };
    expect(await (await fetch(`${url}/?q=a%20b`, { headers })).text()).toBe('203.0.113.9');
    const refused = await fetch(`${url}/?q=c%20d`, { headers });
    const { requestId } = (await refused.json()) as { requestId: string };
    expect(refused.status).toBe(400);
    await recorder.flush();
    expect(events[0]?.request).toEqual({ id: requestId, method: 'GET', client: '203.0.113.9' });
  });

  it.each<[string, Handler]>([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hunter2');
      },
    ],
    [
      'throws a text',
      () => {
        throw 'hunter2';
      },
    ],
    ['rejects with nothing', () => Promise.reject()],
    [
      'throws a value whose getters throw',
      () => {
        throw new Proxy(
          {},
          {
            get() {
              throw new Error('hunter2');
            },
            getPrototypeOf() {
              throw new Error('hunter2');
            },
          },
        );
      },
    ],
    [
      'throws many errors at once',
      () => {
        throw new AggregateError([new Error('hunter2')], 'hunter2');
      },
    ],
    [
      'throws an error of an upstream server',
      () => {
        throw Object.assign(new Error('hunter2'), { status: 401 });
      },
    ],
    [
      'throws a URIError of its own',
      () => {
        decodeURIComponent('%hunter2');
      },
    ],
  ])('shows nothing of an error: a handler that %s', async (_how, handler) => {
    const told: string[] = [];
    const url = await serve(handler, { onError: (_error, id) => void told.push(id) });
    const response = await fetch(url);
    const body = await response.text();
    expect([response.status, response.statusText]).toEqual([500, 'Internal Server Error']);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.stringify([body, [...response.headers]])).not.toMatch(/hunter2|node|at .*\.ts/i);
    expect(told).toEqual([JSON.parse(body).requestId]);
  });

  it("shows an error that is the client's own, with the headers that it needs", async () => {
    const url = await serve(() => {
      throw Object.assign(new Error('x'), { status: 405, expose: true, headers: { Allow: 'GET' } });
    });
    const response = await fetch(url);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
    expect(await response.json()).toMatchObject({ title: 'Method Not Allowed', status: 405 });
  });

  it('cuts an answer that fails half-way, and lets one that is whole be', async () => {
    const onError = vi.fn();
    const url = await serve(
      (req, res) => {
        if (req.url === '/half') res.write('half');
        else res.end('whole');
        throw new Error('late');
      },
      { onError },
    );
    await expect(fetch(`${url}/half`).then((response) => response.text())).rejects.toThrow();
    expect(await (await fetch(`${url}/whole`)).text()).toBe('whole');
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it('survives an option that throws', async () => {
    const url = await serve((_req, res) => void res.end('x'), {
      maxBodyBytes: () => {
        throw new Error('hunter2');
      },
      onError: () => {},
    });
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(500);
    expect((await fetch(url)).status).toBe(200);
  });

  it.each([
    ['two lines', 'Host: a.example\r\nHost: b.example\r\n'],
    ['markup', 'Host: a"><script>\r\n'],
  ])('refuses a Host with %s, and closes', async (_what, lines) => {
    const handler = vi.fn();
    const url = await serve(handler);
    const answer = await exchange(url, `GET / HTTP/1.1\r\n${lines}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\nConnection: close\r\n/i);
    expect(handler).not.toHaveBeenCalled();
    expect(await codes()).toContain('request/invalid-host');
  });

  it('has a policy and headers of its own on a route', async () => {
    const withMap = routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } });
    const framed = routeHeaders({ 'X-Frame-Options': false });
    const url = await serve((req, res) => {
      if (req.url === '/map') {
        withMap(res);
        framed(res);
      }
      res.end('x');
    });
    const map = await fetch(`${url}/map`);
    expect(map.headers.get('content-security-policy')).toContain('https://maps.example.com');
    expect(map.headers.get('x-frame-options')).toBeNull();
    const other = await fetch(url);
    expect(other.headers.get('content-security-policy')).not.toContain('maps.example.com');
    expect(other.headers.get('x-frame-options')).toBe('DENY');
  });

  it('receives reports', async () => {
    const reports = cspReportHandler();
    const url = await serve(reports, { csp: { reportTo: '/csp-reports' } });
    const headers = { 'content-type': 'application/csp-report' };
    const body = JSON.stringify({
      'csp-report': {
        'document-uri': url,
        'effective-directive': 'img-src',
        'blocked-uri': 'https://a.example/',
      },
    });
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(204);
    expect((await fetch(url)).status).toBe(405);
    expect(await codes()).toContain('csp/violation');
  });
});

describe('bulwark/node', () => {
  it('reports a mistake at start', () => {
    const misuse = expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' });
    expect(() => bulwark({ trustProxies: 1 } as never, () => {})).toThrow(misuse);
    expect(() => bulwark({ trustedProxies: -1 }, () => {})).toThrow(misuse);
    expect(() => bulwark((() => {}) as never, undefined as never)).toThrow(misuse);
    expect(bulwark({ trustedProxies: 1 }, () => {})).toBeTypeOf('function');
  });
});
