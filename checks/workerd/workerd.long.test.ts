import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../machine/missing.ts';
import { type RunningWorker, runWorker } from './running-worker.ts';

const why = missing('workerd');

/** Each is a line of the list in docs/guards/hono.md. */
describe.skipIf(why !== undefined)(`bulwark/hono in workerd${why === undefined ? '' : ` (${why})`}`, () => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await runWorker(new URL('./worker.ts', import.meta.url));
  });
  afterAll(() => worker?.stop());

  const ask = (path: string, { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(worker.url + path, {
      ...{ redirect: 'manual', ...init },
      headers: { 'cf-connecting-ip': '203.0.113.9', ...headers },
    });
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } });
  const json = { 'content-type': 'application/json' };

  it('headers', async () => {
    const { headers } = await ask('/');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect((await ask('/widget')).headers.get('x-frame-options')).toBeNull();
    expect((await ask('/no-such-page')).headers.get('x-frame-options')).toBe('DENY');
  });

  it('Content-Security-Policy and nonce', async () => {
    const nonces = new Set<string>();
    for (let request = 0; request < 5; request++) {
      const page = await ask('/page');
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(await page.text()) ?? [];
      expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
      expect(page.headers.get('cache-control')).toBe('private, no-cache');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(5);
    expect((await ask('/map')).headers.get('content-security-policy')).toContain('https://maps.example');
  });

  it('reports of violations', async () => {
    const report = {
      'csp-report': { 'document-uri': 'https://shop.example/', 'violated-directive': 'img-src' },
    };
    const body = JSON.stringify(report);
    expect((await post('/csp-reports', body, { 'content-type': 'application/csp-report' })).status).toBe(204);
    expect((await post('/csp-reports', body, json)).status).toBe(415);
  });

  it('CSRF, with tokens', async () => {
    expect((await post('/json', '{}', { ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/json', '{}', json)).status).toBe(200);
    const cookie = (await post('/log-in', '')).headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    const page = await ask('/form', { headers: { cookie: cookie.join('; ') } });
    const [, token = ''] = /value="([^"]+)"/.exec(await page.text()) ?? [];
    const form = (field: string) =>
      ask('/form', {
        ...{ method: 'POST', body: new URLSearchParams({ _csrf: field, q: 'a' }) },
        headers: { cookie: cookie.join('; ') },
      });
    expect(await (await form(token)).json()).toEqual({ got: { _csrf: token, q: 'a' } });
    expect((await form(`${token}x`)).status).toBe(403);
  });

  it('CORS', async () => {
    const shared = await ask('/shared/data', { headers: { origin: 'https://a.partner.example' } });
    expect(shared.headers.get('access-control-allow-origin')).toBe('https://a.partner.example');
    const other = await ask('/shared/data', { headers: { origin: 'https://evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask('/', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });

  it('redirects', async () => {
    expect((await ask('/go?to=https://evil.example')).status).toBe(400);
    expect((await ask('/go?to=/cart')).headers.get('location')).toBe('/cart');
    expect((await ask('/files/a%2fb')).headers.get('location')).toBe('/stored/a%2Fb');
  });

  it('sealed sessions', async () => {
    const [line = ''] = (await post('/log-in', '')).headers.getSetCookie();
    const [cookie = ''] = line.split(';', 1);
    expect(line).toMatch(/^__Host-session=.*; Secure; HttpOnly; SameSite=Lax/);
    expect(await (await ask('/session', { headers: { cookie } })).json()).toEqual({ user: 'ann' });
    const changed = cookie.replace(/.{4}$/, 'AAAA');
    expect(await (await ask('/session', { headers: { cookie: changed } })).json()).toEqual({ user: null });
  });

  it('the request context, after await and timers', async () => {
    for (const how of ['await', 'timer']) {
      const answers = await Promise.all([1, 2, 3].map(async () => (await ask(`/context/${how}`)).json()));
      for (const { before, after } of answers as { before: object; after: object }[]) {
        expect(after).toEqual(before);
        expect(after).toMatchObject({ client: '203.0.113.9', route: '/context/:how', isSame: true });
      }
      expect(new Set(answers.map(({ before }) => before.id)).size).toBe(3);
    }
  });

  it('errors', async () => {
    for (const path of ['/throw', '/throw-text']) {
      const answer = await ask(path);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(await answer.text()).not.toContain('hunter2');
    }
  });

  it('limits of bodies, announced and streamed', async () => {
    const large = 'x'.repeat(200_000);
    expect((await post('/json', JSON.stringify(large), json)).status).toBe(413);
    const streamed = await fetch(`${worker.url}/json`, {
      ...{ method: 'POST', headers: { ...json, 'sec-fetch-site': 'same-origin' }, duplex: 'half' },
      body: new Blob([large]).stream(),
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect((await ask(`/?${'a=1&'.repeat(1_001)}`)).status).toBe(400);
  });

  it('JSON and form bodies', async () => {
    expect(await (await post('/json', '{"a":[1]}', json)).json()).toEqual({ got: { a: [1] } });
    expect((await post('/json', '{"__proto__":{}}', json)).status).toBe(400);
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await (await post('/form', 'a=1&b=2', type)).json()).toEqual({ got: { a: '1', b: '2' } });
  });

  it('rate limits by the address that the option names', async () => {
    const from = (address: string) => ask('/limited', { headers: { 'cf-connecting-ip': address } });
    const statuses: number[] = [];
    for (const address of ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2']) {
      statuses.push((await from(address)).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
  });

  it('no address that only the client names, and no limit that all share', async () => {
    expect(await (await ask('/unknown/client')).json()).toEqual({ client: null });
    expect((await ask('/unknown/limited')).status).toBe(500);
    expect(worker.log()).toContain('The rate limit counts by address, and this server tells none');
  });

  it('refusals without bulwarkErrors()', async () => {
    const answer = await post('/plain', 'x'.repeat(100));
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect((await post('/plain', 'x')).status).toBe(200);
  });

  it('streams', async () => {
    const answer = await ask('/stream');
    expect(await answer.text()).toBe('one two three');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  it('HEAD', async () => {
    const answer = await ask('/', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  it('events on standard error', async () => {
    await post('/json', '{}', {
      ...json,
      'sec-fetch-site': 'cross-site',
      'cf-connecting-ip': '203.0.113.77',
    });
    await expect.poll(() => worker.log()).toMatch(/"code":"csrf\/cross-site".*"client":"203\.0\.113\.77"/);
  });
});
