import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { bulwark as onNext } from '../next/server/index.ts';
import { bulwark as onNode } from '../node/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import type { DoctorSighting } from './doctor-sighting.ts';
import { bulwark } from './index.ts';

configureEvents({ sinks: [] });

const servers: Server[] = [];
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  // There is one channel per process, and each test needs its own.
  registry()?.delete('doctor');
  vi.stubEnv('BULWARK_DOCTOR', '1');
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

function registry(): Map<string, unknown> | undefined {
  const copies = (globalThis as unknown as Record<symbol, { state: Map<string, unknown> }[] | undefined>)[
    Symbol.for('bulwark.registry')
  ];
  return copies?.[0]?.state;
}

async function serve(options: Parameters<typeof onNode>[0] = {}): Promise<string> {
  const server = createServer(onNode(options, (_req, res) => void res.end('hello')));
  servers.push(server.listen(0, '127.0.0.1'));
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function token(): Promise<{ channel: string; token: string }> {
  const found = await vi.waitFor(() => {
    const last = /BULWARK_DOCTOR_TOKEN=(\d+)\.(\S+)/.exec(printed.at(-1) ?? '');
    if (!last) throw new Error('no token yet');
    return last;
  });
  return { channel: `http://127.0.0.1:${found[1]}`, token: found[2] ?? '' };
}

async function ask<T>(url: string, method: string, key: string): Promise<{ status: number; body: T }> {
  const answer = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
  return { status: answer.status, body: (await answer.json()) as T };
}

async function startRun(): Promise<{ channel: string; key: string; probe(): Promise<string> }> {
  const { channel, token: given } = await token();
  const { key } = (await ask<{ key: string }>(`${channel}/runs`, 'POST', given)).body;
  return {
    ...{ channel, key },
    probe: async () => (await ask<{ id: string }>(`${channel}/probes`, 'POST', key)).body.id,
  };
}

describe('the doctor', () => {
  it('learns what the application saw of its own request', async () => {
    const url = await serve({ trustedProxies: 1, origin: 'https://shop.example.com' });
    const run = await startRun();
    const id = await run.probe();
    const answered = await fetch(`${url}/a?secret=1`, {
      headers: { 'x-bulwark-doctor': id, 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' },
    });
    expect(await answered.text()).toBe('hello');
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body).toMatchObject({
      target: '/a',
      client: '203.0.113.9',
      protocol: 'https',
      origin: 'https://shop.example.com',
      ignored: false,
      peer: { address: '127.0.0.1', encrypted: false, limitedServer: false, httpVersion: '1.1' },
      setup: { hops: 1, origins: ['https://shop.example.com'], csp: true, production: false },
    });
    expect(body.copies).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain('secret=1');
  });

  it('learns it from an application on a web Request', async () => {
    const app = bulwark({}, () => new Response('hello'));
    const run = await startRun();
    const id = await run.probe();
    await app(new Request('http://shop.example/a', { headers: { 'x-bulwark-doctor': id } }), {
      remote: '203.0.113.9',
    });
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body).toMatchObject({ target: '/a', client: '203.0.113.9', origin: 'http://shop.example' });
  });

  it('learns it from the server of a Next.js application, with what its handlers do', async () => {
    const session = sessions({ store: memoryStore() });
    const options = { trustedProxies: 1, origin: 'https://shop.example.com', session, allowDoctor: true };
    vi.stubEnv('NODE_ENV', 'production');
    const server = createServer(onNext(options, (_req, res) => void res.end('hello')));
    servers.push(server.listen(0, '127.0.0.1'));
    const run = await startRun();
    const id = await run.probe();
    const { port } = server.address() as AddressInfo;
    const answered = await fetch(`http://127.0.0.1:${port}/a`, { headers: { 'x-bulwark-doctor': id } });
    expect(await answered.text()).toBe('hello');
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body).toMatchObject({
      ...{ target: '/a', origin: 'https://shop.example.com' },
      setup: {
        ...{ origins: ['https://shop.example.com'], hops: 1, production: true },
        ...{ headers: true, csp: true, csrf: true, sessionCookie: session.cookieName, rateLimit: false },
      },
    });
  });

  it('records each probe once, and no request without a known id', async () => {
    const url = await serve();
    const run = await startRun();
    const id = await run.probe();
    for (const path of ['/first', '/second']) {
      await fetch(`${url}${path}`, { headers: { 'x-bulwark-doctor': id } });
    }
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body.target).toBe('/first');
    await fetch(url, { headers: { 'x-bulwark-doctor': 'made-up' } });
    expect((await ask(`${run.channel}/probes/made-up`, 'GET', run.key)).status).toBe(404);
    expect((await ask(`${run.channel}/probes/__proto__`, 'GET', run.key)).status).toBe(404);
  });

  it('uses a token once, and prints the next one', async () => {
    await serve();
    const { channel, token: first } = await token();
    expect((await ask(`${channel}/runs`, 'POST', first)).status).toBe(200);
    expect((await ask(`${channel}/runs`, 'POST', first)).status).toBe(401);
    const { token: next } = await token();
    expect(next).not.toBe(first);
    expect((await ask(`${channel}/runs`, 'POST', next)).status).toBe(200);
  });

  it('ends a run after two minutes, and closes the port after fifteen', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    try {
      await serve();
      await new Promise((resolve) => setImmediate(resolve));
      const found = /BULWARK_DOCTOR_TOKEN=(\d+)\.(\S+)/.exec(printed.at(-1) ?? '');
      const channel = `http://127.0.0.1:${found?.[1]}`;
      const { body } = await ask<{ key: string }>(`${channel}/runs`, 'POST', found?.[2] ?? '');
      expect((await ask(`${channel}/probes`, 'POST', body.key)).status).toBe(200);
      vi.advanceTimersByTime(121_000);
      expect((await ask(`${channel}/probes`, 'POST', body.key)).status).toBe(401);
      vi.advanceTimersByTime(15 * 60_000);
      await expect(fetch(`${channel}/probes`, { method: 'POST' })).rejects.toThrow();
    } finally {
      vi.useRealTimers();
    }
  });

  it('needs the token for everything, and limits the number of probes', async () => {
    await serve();
    const run = await startRun();
    for (const [method, path] of [
      ['POST', '/runs'],
      ['POST', '/probes'],
      ['GET', '/probes/x'],
      ['GET', '/'],
    ] as const) {
      expect((await ask(`${run.channel}${path}`, method, 'wrong')).status).toBe(401);
      expect((await fetch(`${run.channel}${path}`, { method })).status).toBe(401);
    }
    for (let count = 0; count < 40; count++) await run.probe();
    expect((await ask(`${run.channel}/probes`, 'POST', run.key)).status).toBe(429);
  });

  it('is off by default, and in production without allowDoctor', async () => {
    vi.stubEnv('BULWARK_DOCTOR', '');
    await serve({ allowDoctor: true });
    expect(printed).toEqual([]);
    vi.stubEnv('BULWARK_DOCTOR', '1');
    vi.stubEnv('NODE_ENV', 'production');
    await serve();
    expect(printed).toEqual([expect.stringContaining('not started, because NODE_ENV is production')]);
    expect(registry()?.has('doctor')).toBe(false);
    await serve({ allowDoctor: true });
    expect((await token()).token).toHaveLength(32);
  });

  it('has no route in the application: a request with the token is answered like any other', async () => {
    const url = await serve();
    const { token: given } = await token();
    for (const path of ['/', '/runs', '/probes']) {
      const headers = { 'x-bulwark-doctor': given, authorization: `Bearer ${given}` };
      expect(await (await fetch(`${url}${path}`, { headers, method: 'POST' })).text()).toBe('hello');
    }
  });

  it('shares one port among all applications of a process', async () => {
    await serve();
    await token();
    await serve();
    bulwark({}, () => new Response());
    expect(printed).toHaveLength(1);
  });

  it('survives a probe with odd headers', async () => {
    const url = await serve();
    const run = await startRun();
    const id = await run.probe();
    await new Promise<void>((resolve, reject) => {
      const headers = { 'x-bulwark-doctor': [id, id], host: 'a b', 'x-forwarded-for': ','.repeat(9_000) };
      request(url, { headers }, (res) => void res.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    // Node joins the two lines into a list, which is not the id of a probe.
    expect((await ask(`${run.channel}/probes/${id}`, 'GET', run.key)).status).toBe(404);
    await fetch(url, { headers: { 'x-bulwark-doctor': id, 'x-forwarded-for': ','.repeat(9_000) } });
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body.forwarded['x-forwarded-for']).toHaveLength(2_000);
  });

  it('names each copy of bulwark in the process', async () => {
    // As a bundler or a nested node_modules makes one.
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-copy-'));
    const copy = join(folder, 'registry.ts');
    cpSync(new URL('../internal/registry.ts', import.meta.url), copy);
    const { shared } = (await import(/* @vite-ignore */ copy)) as typeof import('../internal/registry.ts');
    shared('test', () => 1);
    rmSync(folder, { recursive: true });
    const app = bulwark({}, () => new Response());
    const run = await startRun();
    const id = await run.probe();
    await app(new Request('http://shop.example/', { headers: { 'x-bulwark-doctor': id } }));
    const { body } = await ask<DoctorSighting>(`${run.channel}/probes/${id}`, 'GET', run.key);
    expect(body.copies).toHaveLength(2);
    expect(body.copies[1]).toContain(copy);
  });
});
