import { Request as UndiciRequest } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents, type Recorder, type SecurityEvent } from '../event/index.ts';
import { createFetch, type GuardedFetch } from './guarded-fetch.ts';
import type { FetchOptions } from './policy/policy.ts';

let origin: Origin;
let events: SecurityEvent[];
let recorder: Recorder;

beforeAll(async () => {
  origin = await startOrigin(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? '', 'http://x');
    const status = Number(pathname.slice(1)) || 200;
    response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
    const { method, url, headers } = request;
    response.end(
      status === 204 ? '' : JSON.stringify({ method, url, headers, body: Buffer.concat(body).toString() }),
    );
  });
});
afterAll(() => origin.stop());
beforeEach(() => {
  events = [];
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});

/** A fetch for which the loopback server is a destination that is meant. */
function fetchTo({ port }: Pick<Origin, 'port'>, more: Partial<FetchOptions> = {}): GuardedFetch {
  const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] };
  return createFetch({ hosts: 'public', allowPrivate: [local], ...more } as FetchOptions);
}

async function refuses(work: Promise<unknown>, code: string): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (e: Error) => e,
  );
  expect(error).toMatchObject({ name: 'Refusal', code });
  return error as Error;
}

describe('a guarded fetch', () => {
  it('gives a web Response', async () => {
    const response = await fetchTo(origin)(origin.url('/a?b=c#d'));
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ status: 200, ok: true, redirected: false, url: origin.url('/a?b=c') });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const copy = response.clone();
    expect(copy.url).toBe(origin.url('/a?b=c'));
    expect(await copy.text()).toContain('"/a?b=c"');
    expect(await response.json()).toMatchObject({
      method: 'GET',
      headers: { host: `127.0.0.1:${origin.port}` },
    });
  });

  it('takes a URL, and a Request of the built-in fetch or of undici', async () => {
    const fetch = fetchTo(origin);
    const init = { method: 'POST', body: 'hello', headers: { 'x-a': '1' } };
    for (const input of [
      new Request(origin.url(), init),
      new UndiciRequest(origin.url(), init) as unknown as Request,
    ]) {
      expect(await (await fetch(input)).json()).toMatchObject({
        method: 'POST',
        body: 'hello',
        headers: { 'x-a': '1' },
      });
    }
    const put = await fetch(new Request(origin.url(), init), { method: 'put', body: 'other' });
    expect(await put.json()).toMatchObject({ method: 'PUT', body: 'other', headers: { 'x-a': '1' } });
    expect((await fetch(new URL(origin.url()))).status).toBe(200);
  });

  it('sends every kind of body', async () => {
    const form = new FormData();
    form.append('text', 'value');
    form.append('file', new Blob(['content']), 'a.txt');
    const stream = new Blob(['streamed']).stream();
    const buffer = new TextEncoder().encode('bytes');
    for (const [body, expected, type] of [
      ['text', 'text', 'text/plain'],
      [new URLSearchParams({ a: 'b c' }), 'a=b+c', 'application/x-www-form-urlencoded'],
      [new Blob(['blob'], { type: 'x/y' }), 'blob', 'x/y'],
      [buffer, 'bytes', ''],
      [buffer.buffer, 'bytes', ''],
      [stream, 'streamed', ''],
      [form, 'filename="a.txt"', 'multipart/form-data; boundary='],
    ] as const) {
      const response = await fetchTo(origin)(origin.url(), { method: 'POST', body });
      const seen = (await response.json()) as { body: string; headers: Record<string, string> };
      expect(seen.body).toContain(expected);
      expect(seen.headers['content-type'] ?? '').toContain(type);
    }
  });

  it('passes on answers without a body, and statuses that the constructor of Response does not know', async () => {
    const fetch = fetchTo(origin);
    expect(await (await fetch(origin.url(), { method: 'HEAD' })).text()).toBe('');
    expect(await fetch(origin.url('/204'))).toMatchObject({ status: 204, body: null });
    const odd = await fetch(origin.url('/999'));
    expect([odd.status, odd.ok, odd.clone().status]).toEqual([999, false, 999]);
    expect((await fetch(origin.url('/404'))).status).toBe(404);
  });

  it('sends no Host, Content-Length or other header of the connection that the caller names', async () => {
    const headers = {
      host: 'evil.example',
      'content-length': '1',
      'transfer-encoding': 'chunked',
      'x-ok': 'yes',
    };
    const response = await fetchTo(origin)(origin.url(), { method: 'POST', body: 'abc', headers });
    const seen = (await response.json()) as { body: string; headers: Record<string, string> };
    expect(seen).toMatchObject({ body: 'abc', headers: { host: `127.0.0.1:${origin.port}`, 'x-ok': 'yes' } });
    expect(seen.headers['transfer-encoding']).toBeUndefined();
  });

  it('fails as fetch does where the network fails', async () => {
    const closed = await startOrigin(() => {});
    await closed.stop();
    const error = await fetchTo(closed)(closed.url()).catch((e: Error) => e);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' });
    await recorder.flush();
    expect(events).toEqual([]);
  });

  it('is aborted by its signal, with its reason', async () => {
    const reason = new Error('enough');
    await expect(fetchTo(origin)(origin.url(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const hanging = await startOrigin((_request, response) => void response.write('first'));
    const controller = new AbortController();
    const response = await fetchTo(hanging)(hanging.url(), { signal: controller.signal });
    const text = response.text();
    controller.abort(reason);
    await expect(text).rejects.toBe(reason);
    await hanging.idle();
    await hanging.stop();
  });

  it('takes no dispatcher and no integrity', async () => {
    const [fetch, url] = [fetchTo(origin), origin.url()];
    const misuse = expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' });
    for (const init of [{ dispatcher: {} }, { integrity: 'sha256-x' }]) {
      await expect(fetch(url, init as RequestInit)).rejects.toEqual(misuse);
    }
    const request = () => new Request(url, { integrity: 'sha256-x' });
    await expect(fetch(request())).rejects.toEqual(misuse);
    expect((await fetch(request(), { integrity: '' })).status).toBe(200);
    expect((await fetch(new Request(url), null)).status).toBe(200);
  });

  it('does not ask the proxies of the environment', async () => {
    const proxy = await startOrigin((_request, response) => void response.end('proxied'));
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = proxy.url();
    try {
      expect(await (await fetchTo(origin)(origin.url())).text()).not.toBe('proxied');
    } finally {
      for (const name of names) delete process.env[name];
      await proxy.stop();
    }
    expect(proxy.connections()).toBe(0);
  });
});

describe('a refusal', () => {
  it('comes before any connection, and is the same for open and closed ports', async () => {
    const closed = await startOrigin(() => {});
    await closed.stop();
    const before = origin.connections();
    const fetch = createFetch({ hosts: 'public', ports: [origin.port, closed.port] });
    const seen = [];
    for (const url of [origin.url(), closed.url(), `http://10.0.0.1:${closed.port}/`]) {
      const error = await refuses(fetch(url), 'fetch/private-address');
      seen.push([error.message, JSON.stringify(error)]);
    }
    expect(new Set(seen.map((lines) => lines.join())).size).toBe(1);
    expect(origin.connections()).toBe(before);
  });

  it.each([
    ['fetch/invalid-url', '//example.com/'],
    ['fetch/invalid-url', undefined],
    ['fetch/invalid-url', ['http://example.com/']],
    ['fetch/scheme-not-allowed', 'file:///etc/passwd'],
    ['fetch/credentials-in-url', 'http://a:b@example.com/'],
    ['fetch/port-not-allowed', 'http://example.com:6379/'],
    ['fetch/private-address', 'http://[::ffff:7f00:1]/'],
    ['fetch/cloud-metadata', 'http://169.254.169.254/latest/meta-data/'],
  ])('is %s for %j', async (code, input) => {
    const error = await refuses(createFetch({ hosts: 'public' })(input as string), code);
    expect(error.message).not.toContain('example');
    expect(error).toMatchObject({ status: 400 });
  });

  it('is fetch/host-not-allowed or fetch/method-not-allowed where the policy says so', async () => {
    await refuses(createFetch({ hosts: ['a.example'] })('http://b.example/'), 'fetch/host-not-allowed');
    const reading = fetchTo(origin, { methods: ['GET'] });
    await refuses(reading(origin.url(), { method: 'DELETE' }), 'fetch/method-not-allowed');
    expect((await reading(origin.url())).status).toBe(200);
  });

  it('is one event, with the name of the policy and no password', async () => {
    const fetch = createFetch({ hosts: 'public', name: 'preview' });
    await refuses(fetch('http://127.0.0.1/'), 'fetch/private-address');
    await refuses(fetch('http://u:hunter2@example.com/'), 'fetch/credentials-in-url');
    await recorder.flush();
    expect(events.map(({ code, action }) => `${code} ${action}`)).toEqual([
      'fetch/private-address blocked',
      'fetch/credentials-in-url blocked',
    ]);
    expect(events[0]?.evidence).toMatchObject({ host: '127.0.0.1', address: '127.0.0.1', policy: 'preview' });
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });
});

describe('report mode', () => {
  const until = new Date(Date.now() + 86_400_000);
  const report = { mode: 'report', until } as const;

  it('lets pass what would be refused, and says so', async () => {
    const fetch = createFetch({ hosts: ['a.example'], ...report });
    expect((await fetch(origin.url())).status).toBe(200);
    await recorder.flush();
    // Once for the URL and once for the connection, as a redirect or a kept socket has only one of the two.
    expect(new Set(events.map(({ code, action }) => `${code} ${action}`))).toEqual(
      new Set(['fetch/private-address reported']),
    );
  });

  it('never lets cloud metadata pass, in whatever form', async () => {
    const fetch = createFetch({ hosts: ['a.example'], ...report });
    for (const host of [
      '169.254.169.254',
      '[::ffff:a9fe:a9fe]',
      'metadata.google.internal',
      '[2002:a9fe:a9fe::1]',
    ]) {
      await refuses(fetch(`http://${host}:81/`), 'fetch/cloud-metadata');
    }
    await refuses(fetch('file:///etc/passwd'), 'fetch/scheme-not-allowed');
  });

  it('is over at its end', async () => {
    const fetch = createFetch({ hosts: 'public', mode: 'report', until: new Date(Date.now() - 1) });
    await refuses(fetch(origin.url()), 'fetch/private-address');
  });
});
