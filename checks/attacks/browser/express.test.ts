import { connect } from 'node:net';
import { configureEvents } from 'bulwark/event';
import { bulwark, routeCsp, routeHeaders } from 'bulwark/express';
import { currentRequest } from 'bulwark/request';
import express from 'express';
import { afterAll, expect, test, vi } from 'vitest';
import { codeOf } from './case.ts';
import { application } from './express-application.ts';
import { ask, closeServers, listen, nonceOf, policyOf, secure } from './express-server.ts';

configureEvents({ sinks: [] });
vi.spyOn(console, 'error').mockImplementation(() => {});
vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
afterAll(() => {
  vi.restoreAllMocks();
  closeServers();
});

test('every way to answer has the headers, once', async () => {
  const port = await listen(application());
  const off: string[] = [];
  const ways: (readonly [path: string, method?: string])[] = [
    ...[
      '/plain',
      '/nonce',
      '/late',
      '/204',
      '/304',
      '/redirect',
      '/write-head',
      '/write-head-array',
      '/write-head-reason',
      '/stream',
      '/flush',
      '/throw',
      '/throw-late',
      '/throw-headers',
      '/removed-throw',
      '/off-throw',
      '/map',
      '/twice',
      '/json',
      '/download',
      '/jsonp',
      '/users/5',
      '/router/inner',
      '/router/boom',
      '/sub/x',
      '/quiet/x',
      '/missing',
      '/%',
      '/router/../plain',
      '//plain',
      '/csp-reports',
    ].map((path) => [path] as const),
    ['/plain', 'HEAD'],
    ['/plain', 'POST'],
    ['/plain', 'OPTIONS'],
    ['/throw', 'HEAD'],
  ];
  for (const [path, method = 'GET'] of ways) {
    const answer = await ask(port, path, { method });
    // A 304 leaves the policy of the stored page as it is: its nonce is the one that the page holds.
    const wanted = path === '/304' ? secure.filter((name) => name !== 'content-security-policy') : secure;
    for (const name of wanted)
      if (!answer.headers[name]) off.push(`${method} ${path} ${answer.status}: no ${name}`);
    if (answer.headers['x-powered-by'] !== undefined)
      off.push(`${path}: X-Powered-By ${answer.headers['x-powered-by']}`);
    const names = answer.raw.filter((_one, at) => at % 2 === 0).map((one) => one.toLowerCase());
    for (const name of names)
      if (name !== 'set-cookie' && names.indexOf(name) !== names.lastIndexOf(name))
        off.push(`${path}: ${name} twice`);
    if (/secret|passwd|\bat .*\.ts/.test(answer.body)) off.push(`${path}: tells ${answer.body.slice(0, 80)}`);
  }
  expect(off).toEqual([]);
});

test('routes that change the policy', async () => {
  const port = await listen(application());
  expect((await ask(port, '/off')).headers['content-security-policy']).toBe(undefined);
  const only = await ask(port, '/report-only');
  expect([policyOf(only), String(only.headers['content-security-policy-report-only'])]).toEqual([
    '',
    expect.stringContaining("script-src 'nonce-"),
  ]);
  expect(policyOf(await ask(port, '/map'))).toContain("frame-src 'self' https://maps.example.com");
  expect(policyOf(await ask(port, '/twice'))).toContain(
    "frame-src 'self' https://a.example.com https://b.example.com",
  );
  expect(policyOf(await ask(port, '/router/inner'))).toContain(
    "img-src 'self' data: https://outer.example.com https://inner.example.com",
  );
  expect(policyOf(await ask(port, '/plain'))).not.toContain('example.com');
  const widget = await ask(port, '/widget');
  expect([
    policyOf(widget),
    widget.headers['x-frame-options'],
    widget.headers['cross-origin-resource-policy'],
  ]).toEqual([
    expect.stringContaining('frame-ancestors https://partner.example.com'),
    undefined,
    'cross-origin',
  ]);
  expect(policyOf(await ask(port, '/own'))).toBe("default-src 'none'");
  expect((await ask(port, '/off-throw')).headers['x-content-type-options']).toBe('nosniff');
  expect(JSON.parse((await ask(port, '/users/5?x=1')).body)).toEqual({ route: '/users/:id' });
  expect(JSON.parse((await ask(port, '/router/inner')).body)).toEqual({ route: '*/inner' });
  expect((await ask(port, '/jsonp?callback=alert')).status).toBe(500);
  for (const bad of [
    { directives: { 'script-src': ["'unsafe-inline'"] } },
    { extend: { 'img-src': ['a;b'] } },
    { directives: { x: [] } },
  ]) {
    const code = codeOf(() => {
      const app = express();
      app.use(bulwark());
      app.get('/x', routeCsp(bad));
    });
    expect(code).toMatch(/^csp\//);
  }
  expect(codeOf(() => routeHeaders({ 'X-Frame-Options': 'ALLOW' }))).toBe('headers/invalid-value');
  expect(
    ['a', -1, 17, 1.5, Number.NaN, true, '1'].map((trustedProxies) =>
      codeOf(() => bulwark({ trustedProxies } as never)),
    ),
  ).toEqual(Array(7).fill('bulwark/invalid-option'));
});

test('a nonce belongs to one response', async () => {
  const port = await listen(application());
  const answers = await Promise.all(
    Array.from({ length: 150 }, (_, at) => ask(port, at % 2 ? '/late' : '/nonce')),
  );
  const nonces = answers.map(nonceOf);
  expect(new Set(nonces).size).toBe(150);
  for (const [at, answer] of answers.entries())
    expect(JSON.parse(answer.body)).toEqual({ locals: nonces[at], context: nonces[at] });
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16);
  // Two requests on one connection, the second before the first was answered.
  const text = await new Promise<string>((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'GET /late HTTP/1.1\r\nHost: x\r\n\r\nGET /nonce HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      ),
    );
    socket
      .setEncoding('utf8')
      .on('data', (part) => {
        got += part;
      })
      .on('close', () => resolve(got));
  });
  const seen = [...text.matchAll(/Content-Security-Policy: .*?'nonce-([^']+)'/g)].map(([, one]) => one);
  expect(new Set(seen).size).toBe(2);
  for (const one of seen) expect(text).toContain(`{"locals":"${one}","context":"${one}"}`);
});

test('mounted twice, or below another', async () => {
  const app = express();
  app.use(bulwark());
  app.use(bulwark({ csp: { extend: { 'img-src': ['https://a.example.com'] } } }));
  app.get('/x', (_req, res) => {
    res.json({ locals: res.locals['nonce'], context: currentRequest()?.nonce });
  });
  const admin = express();
  admin.use(bulwark({ headers: { 'X-Frame-Options': 'SAMEORIGIN' } }));
  admin.get('/x', (_req, res) => {
    res.json({ locals: res.locals['nonce'], context: currentRequest()?.nonce });
  });
  app.use('/admin', admin);
  const port = await listen(app);
  for (const path of ['/x', '/admin/x']) {
    const answer = await ask(port, path);
    const { locals, context } = JSON.parse(answer.body) as Record<string, string>;
    expect([path, locals, context]).toEqual([path, nonceOf(answer), nonceOf(answer)]);
    expect(answer.raw.filter((one) => one.toLowerCase() === 'content-security-policy')).toHaveLength(1);
  }
});
