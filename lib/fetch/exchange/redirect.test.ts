import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createFetch } from '../guarded-fetch.ts';
import type { FetchOptions } from '../policy/policy.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Redirects by `?status=&to=`, counts down by `?left=`, and shows anything else. */
async function start(): Promise<Origin> {
  return startOrigin(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    const left = Number(searchParams.get('left'));
    const to = left > 0 ? `/?left=${left - 1}` : searchParams.get('to');
    const { method, url, headers } = request;
    if (to === null) {
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(body).toString() }));
    } else {
      response.writeHead(Number(searchParams.get('status') ?? 302), { location: to }).end('moved');
    }
  });
}

let first: Origin;
let second: Origin;
let internal: Origin;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  [first, second, internal] = await Promise.all([start(), start(), start()]);
});
afterAll(() => Promise.all([first, second, internal].map((origin) => origin.stop())));

function guarded(more: Partial<FetchOptions> = {}) {
  const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [first.port, second.port] };
  return createFetch({ hosts: 'public', allowPrivate: [local], ...more } as FetchOptions);
}

function moved(to: string, status = 302): string {
  return first.url(`/?status=${status}&to=${encodeURIComponent(to)}`);
}

const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('a redirect', () => {
  it('is followed, and the response says where it came from', async () => {
    const response = await guarded()(moved('/a/b?c'));
    expect(response).toMatchObject({ redirected: true, url: first.url('/a/b?c') });
    expect(await response.json()).toMatchObject({ method: 'GET', url: '/a/b?c' });
    expect((await guarded()(moved(second.url('/there')))).url).toBe(second.url('/there'));
  });

  it('may be written in UTF-8', async () => {
    const utf8 = await startOrigin((request, response) => {
      if (request.url !== '/') return void response.end(request.url);
      response.writeHead(302, { location: Buffer.from('/stra\u00dfe', 'utf8').toString('latin1') }).end();
    });
    const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [utf8.port] };
    const response = await createFetch({ hosts: [], allowPrivate: [local] })(utf8.url());
    expect(await response.text()).toBe('/stra%C3%9Fe');
    await utf8.stop();
  });

  it.each([
    ['fetch/private-address', () => internal.url('/admin')],
    ['fetch/private-address', () => 'http://localhost/'],
    ['fetch/private-address', () => '//[::1]/'],
    ['fetch/cloud-metadata', () => 'http://169.254.169.254/latest/meta-data/'],
    ['fetch/scheme-not-allowed', () => 'file:///etc/passwd'],
    ['fetch/scheme-not-allowed', () => 'gopher://127.0.0.1:6379/_INFO'],
    ['fetch/scheme-not-allowed', () => 'data:text/plain,x'],
    ['fetch/credentials-in-url', () => 'http://user:secret@example.com/'],
    ['fetch/port-not-allowed', () => 'http://example.com:6379/'],
    ['fetch/invalid-url', () => 'http://'],
  ])('is decided anew: %s', async (code, to) => {
    for (const status of [301, 302, 303, 307, 308]) {
      await expect(guarded()(moved(to(), status))).rejects.toEqual(refusal(code));
      // Behind a hop that is fine.
      const far = `${second.url(`/?status=${status}&to=${encodeURIComponent(to())}`)}`;
      await expect(guarded()(moved(far))).rejects.toEqual(refusal(code));
    }
    expect(internal.connections()).toBe(0);
  });

  it('is followed ten times, and not eleven', async () => {
    expect((await guarded()(first.url('/?left=10'))).url).toBe(first.url('/?left=0'));
    const error = await guarded()(first.url('/?left=11')).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'fetch/too-many-redirects', status: 502 });
    await expect(guarded({ maxRedirects: 0 })(moved('/'))).rejects.toEqual(
      refusal('fetch/too-many-redirects'),
    );
    expect((await guarded({ maxRedirects: 0 })(first.url('/'))).status).toBe(200);
  });

  it('ends a loop', async () => {
    const loop = await startOrigin(
      (_request, response) => void response.writeHead(302, { location: '/' }).end(),
    );
    const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [loop.port] };
    const fetch = createFetch({ hosts: [], allowPrivate: [local] });
    await expect(fetch(loop.url())).rejects.toEqual(refusal('fetch/too-many-redirects'));
    await loop.stop();
  });

  it('is handed over, or is an error, where the caller says so', async () => {
    const manual = await guarded()(moved('http://127.0.0.1:1/'), { redirect: 'manual' });
    expect([manual.status, manual.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/']);
    await expect(guarded()(moved('/'), { redirect: 'error' })).rejects.toBeInstanceOf(TypeError);
    await expect(guarded()(moved('/'), { redirect: 'never' as 'error' })).rejects.toBeInstanceOf(TypeError);
  });

  it('is a response like any other without a location', async () => {
    const bare = await startOrigin((_request, response) => void response.writeHead(302).end('no location'));
    const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [bare.port] };
    const response = await createFetch({ hosts: [], allowPrivate: [local] })(bare.url());
    expect([response.status, await response.text()]).toEqual([302, 'no location']);
    await bare.stop();
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'body'],
    [307, 'POST', 'POST', 'body'],
    [308, 'PATCH', 'PATCH', 'body'],
  ])('of %i after %s sends %s', async (status, method, next, body) => {
    const response = await guarded()(moved('/', status), {
      method,
      body: 'body',
      headers: { 'content-type': 'text/x', 'content-language': 'en' },
    });
    const seen = (await response.json()) as Seen;
    expect([seen.method, seen.body]).toEqual([next, body]);
    expect(seen.headers['content-type']).toBe(body === '' ? undefined : 'text/x');
    expect(seen.headers['content-language']).toBe(body === '' ? undefined : 'en');
  });

  it('does not turn the method into one that the policy does not allow', async () => {
    const posting = guarded({ methods: ['POST'] });
    const send = (status: number) => posting(moved('/', status), { method: 'POST', body: 'body' });
    for (const status of [301, 302, 303]) {
      await expect(send(status)).rejects.toEqual(refusal('fetch/method-not-allowed'));
    }
    expect(await (await send(307)).json()).toMatchObject({ method: 'POST', body: 'body' });
  });

  it('of HEAD stays HEAD', async () => {
    expect((await guarded()(moved('/', 303), { method: 'HEAD' })).status).toBe(200);
  });

  it('cannot send a stream again, and need not after 303', async () => {
    const stream = () => new Blob(['body']).stream();
    const fetch = guarded();
    await expect(fetch(moved('/', 307), { method: 'POST', body: stream() })).rejects.toBeInstanceOf(
      TypeError,
    );
    const response = await fetch(moved('/', 303), { method: 'POST', body: stream() });
    expect(await response.json()).toMatchObject({ method: 'GET', body: '' });
  });
});

describe('credentials', () => {
  const headers = {
    authorization: 'Bearer token',
    cookie: 'session=1',
    'proxy-authorization': 'Basic x',
    'x-api-key': 'key',
    'private-token': 'key',
    accept: 'application/json',
    'user-agent': 'app',
  };

  it('stay at their origin', async () => {
    const seen = (await (await guarded()(moved(second.url('/')), { headers })).json()) as Seen;
    for (const name of ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'private-token']) {
      expect(seen.headers[name], name).toBeUndefined();
    }
    expect(seen.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'app' });
  });

  it('go on within it, and do not come back after a stranger', async () => {
    const same = (await (await guarded()(moved('/'), { headers })).json()) as Seen;
    expect(same.headers).toMatchObject({
      authorization: 'Bearer token',
      cookie: 'session=1',
      'x-api-key': 'key',
    });
    const back = second.url(`/?to=${encodeURIComponent(first.url('/'))}`);
    const seen = (await (await guarded()(moved(back), { headers })).json()) as Seen;
    expect(seen.headers.authorization).toBeUndefined();
  });
});
