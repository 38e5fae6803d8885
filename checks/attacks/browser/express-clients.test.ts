import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { cspReportEndpoint } from 'bulwark/csp';
import { configureEvents, type SecurityEvent } from 'bulwark/event';
import { bulwark, bulwarkErrors, cspReportHandler } from 'bulwark/express';
import { clientAddress, currentRequest } from 'bulwark/request';
import express from 'express';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { codeOf } from './case.ts';
import { ask, closeServers, listen, nonceOf, secure } from './express-server.ts';

const events: SecurityEvent[] = [];
let flush: () => Promise<void>;
beforeAll(() => {
  const recorder = configureEvents({ sinks: [{ name: 'list', write: (list) => void events.push(...list) }] });
  flush = () => recorder.flush();
});
vi.spyOn(console, 'error').mockImplementation(() => {});
vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
afterAll(() => {
  vi.restoreAllMocks();
  closeServers();
});

test('the endpoint over HTTP', async () => {
  const endpoint = cspReportEndpoint();
  const app = express();
  app.use(bulwark());
  app.use('/r', cspReportHandler(endpoint));
  app.use(
    '/parsed',
    express.json({ type: ['application/csp-report', 'application/reports+json'] }),
    cspReportHandler(cspReportEndpoint()),
  );
  app.use('/text', express.text({ type: '*/*' }), cspReportHandler(cspReportEndpoint()));
  app.use('/bytes', express.raw({ type: '*/*' }), cspReportHandler(cspReportEndpoint()));
  app.use(bulwarkErrors({ onError: () => {} }));
  const port = await listen(app);
  const type = { 'content-type': 'application/csp-report' };
  const report = JSON.stringify({
    'csp-report': {
      'document-uri': 'https://a.example/?SECRET',
      'blocked-uri': 'https://b.example/x',
      'effective-directive': 'img-src',
      disposition: 'enforce',
    },
  });
  const post = async (path: string, headers: Record<string, string>, body: string | Uint8Array) =>
    (await ask(port, path, { method: 'POST', headers, body })).status;
  expect(await post('/r', type, report)).toBe(204);
  expect(await post('/r?x=1', type, report)).toBe(204);
  expect(await post('/parsed', type, report)).toBe(204);
  expect(await post('/text', type, report)).toBe(204);
  expect(await post('/bytes', type, report)).toBe(204);
  expect(
    await post(
      '/r',
      { 'content-type': 'application/reports+json' },
      JSON.stringify([
        {
          type: 'csp-violation',
          url: 'https://a.example/',
          body: {
            effectiveDirective: 'img-src',
            blockedURL: 'https://b.example/',
            documentURL: 'https://a.example/',
          },
        },
      ]),
    ),
  ).toBe(204);
  expect(await post('/r', { ...type, 'transfer-encoding': 'chunked' }, report)).toBe(204);
  expect(await post('/r', { ...type, 'content-encoding': 'gzip' }, gzipSync(report))).not.toBe(204);
  expect(await post('/r', { 'content-type': 'application/json' }, report)).toBe(415);
  expect(await post('/r', {}, report)).toBe(415);
  expect((await ask(port, '/r')).status).toBe(405);
  expect(await post('/r', type, '{')).toBe(400);
  expect(await post('/r', type, 'x'.repeat(16_385)).catch(() => 413)).toBe(413);
  expect(
    await post('/r', { ...type, 'transfer-encoding': 'chunked' }, 'x'.repeat(3_000_000)).catch(() => 413),
  ).toBe(413);
  expect(await post('/parsed', type, 'x'.repeat(200_000)).catch(() => 413)).toBe(413);
  // A claim of a length, and nothing behind it; and a body that stops half-way.
  const slow = await Promise.all(
    [
      `Content-Length: 999999999\r\n\r\n`,
      `Content-Length: 100\r\n\r\n{"csp`,
      'Transfer-Encoding: chunked\r\n\r\nffffff\r\nabc',
    ].map(
      (rest) =>
        new Promise<string>((resolve) => {
          let got = '';
          const socket = connect(port, '127.0.0.1', () =>
            socket.write(`POST /r HTTP/1.1\r\nHost: x\r\nContent-Type: application/csp-report\r\n${rest}`),
          );
          socket
            .setEncoding('utf8')
            .on('data', (part) => {
              got += part;
            })
            .on('close', () => resolve(got))
            .on('error', () => resolve(got));
          setTimeout(() => socket.destroy(), 150);
        }),
    ),
  );
  expect(slow[0]).toMatch(/^(HTTP\/1.1 413.*)?/);
  // What a client says of itself does not make it another client.
  const answers: number[] = [];
  for (let at = 0; at < 80; at++)
    answers.push(
      await post(
        '/r',
        {
          ...type,
          'x-forwarded-for': `203.0.113.${at}`,
          'x-real-ip': `203.0.113.${at}`,
          forwarded: `for=203.0.113.${at}`,
          'cf-connecting-ip': `203.0.113.${at}`,
        },
        report,
      ),
    );
  expect(answers.filter((one) => one === 429).length).toBeGreaterThan(0);
  expect(JSON.stringify(endpoint.violations())).not.toContain('SECRET');
  await flush();
  expect(events.some(({ code }) => code === 'csp/reports-dropped')).toBe(true);
  expect(JSON.stringify(events.filter(({ code }) => code === 'csp/violation'))).not.toMatch(
    /SECRET|127\.0\.0\.1/,
  );
  // The application goes on.
  expect(await post('/r', { 'content-type': 'text/plain' }, 'x')).toBe(415);
});

test('who the client is', () => {
  const rows: (readonly [
    socket: string | undefined,
    header: unknown,
    proxies: number,
    client: string | undefined,
  ])[] = [
    ['203.0.113.9', '127.0.0.1', 0, '203.0.113.9'],
    ['10.0.0.2', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['10.0.0.2', '6.6.6.6, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
    ['10.0.0.2', '[2001:DB8::1]:443', 1, '2001:db8::1'],
    ['10.0.0.2', '::ffff:203.0.113.9', 1, '203.0.113.9'],
    ['10.0.0.2', '6.6.6.6, unknown', 1, '10.0.0.2'],
    ['10.0.0.2', '', 1, '10.0.0.2'],
    ['10.0.0.2', undefined, 1, '10.0.0.2'],
    ['10.0.0.2', '203.0.113.9:8080', 1, '203.0.113.9'],
    ['::ffff:10.0.0.2', undefined, 0, '10.0.0.2'],
    ['fe80::1%eth0', undefined, 0, 'fe80::1'],
    [undefined, '1.2.3.4', 0, undefined],
    ['10.0.0.2', '2001:db8:0:0:0:0:0:1', 1, '2001:db8::1'],
    ['10.0.0.2', '::FFFF:CB00:7109', 1, '203.0.113.9'],
    ['10.0.0.2', '203.0.113.9\r\nx', 1, '10.0.0.2'],
    ['10.0.0.2', '<script>', 1, '10.0.0.2'],
    ['10.0.0.2', '0x7f.1', 1, '10.0.0.2'],
    ['10.0.0.2', '017700000001', 1, '10.0.0.2'],
    ['10.0.0.2', '127.1', 1, '10.0.0.2'],
    ['10.0.0.2', '256.1.1.1', 1, '10.0.0.2'],
    ['10.0.0.2', '01.2.3.4', 1, '10.0.0.2'],
    ['10.0.0.2', '\uff11.2.3.4', 1, '10.0.0.2'],
    ['10.0.0.2', ',', 1, '10.0.0.2'],
    ['10.0.0.2', `${'6.6.6.6, '.repeat(100_000)}203.0.113.9`, 1, '203.0.113.9'],
    ['10.0.0.2', ['6.6.6.6', '203.0.113.9'], 1, '203.0.113.9'],
    ['10.0.0.2', 'for=203.0.113.9', 1, '10.0.0.2'],
    ['10.0.0.2', '"203.0.113.9"', 1, '10.0.0.2'],
  ];
  expect(
    rows.flatMap(([socket, header, proxies, client]) => {
      let got: unknown;
      const code = codeOf(() => {
        got = clientAddress(socket, header as string, proxies);
      });
      return code === '' && got === client
        ? []
        : [`${socket} ${String(header).slice(0, 40)} ${proxies}: ${code || got} and not ${client}`];
    }),
  ).toEqual([]);
});

test('a polluted prototype switches nothing off', async () => {
  const proto = Object.prototype as unknown as Record<string, unknown>;
  const names = {
    csp: false,
    headers: false,
    allowJsonp: true,
    trustedProxies: 3,
    reportOnly: true,
    nonce: 'AAAAAAAAAAAAAAAAAAAAAAAA',
  };
  const app = express();
  try {
    Object.assign(proto, names);
    app.use(bulwark());
    app.use('/b', bulwark({}));
  } finally {
    for (const name of Object.keys(names)) delete proto[name];
  }
  app.get(['/x', '/b/x'], (_req, res) => {
    res.json({ client: currentRequest()?.client });
  });
  const port = await listen(app);
  for (const path of ['/x', '/b/x']) {
    const answer = await ask(port, path, { headers: { 'x-forwarded-for': '6.6.6.6, 6.6.6.6, 6.6.6.6' } });
    for (const name of secure) expect(answer.headers[name], `${path} ${name}`).toBeTruthy();
    expect(JSON.parse(answer.body)).toEqual({ client: '127.0.0.1' });
    expect(nonceOf(answer)).not.toBe(names.nonce);
  }
});
