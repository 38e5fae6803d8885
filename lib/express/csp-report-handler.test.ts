import { request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express, { type Express } from 'express';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { cspReportEndpoint } from '../csp/index.ts';
import { configureEvents } from '../event/index.ts';
import { bulwark, bulwarkErrors, cspReportHandler } from './index.ts';

const servers: Server[] = [];
configureEvents({ sinks: [] });
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => void configureEvents({ sinks: [] }));

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/csp-reports`;
}

const report = JSON.stringify({
  'csp-report': {
    'document-uri': 'https://shop.example/?secret=1',
    'effective-directive': 'img-src',
    'blocked-uri': 'https://images.example/a.png?b',
  },
});
const type = { 'content-type': 'application/csp-report' };
const post = (
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = type,
): Promise<Response> => fetch(url, { method: 'POST', headers, body });

describe('cspReportHandler', () => {
  it('takes reports and answers 204, with or without a body parser before it', async () => {
    for (const parser of [
      undefined,
      express.json(),
      express.json({ type: '*/*' }),
      express.raw({ type: '*/*' }),
      express.text({ type: '*/*' }),
    ]) {
      const endpoint = cspReportEndpoint();
      const app = express().use(bulwark());
      if (parser) app.use(parser);
      app.use('/csp-reports', cspReportHandler(endpoint));
      const url = await serve(app);
      const response = await post(url, report);
      expect([response.status, await response.text()]).toEqual([204, '']);
      expect(endpoint.violations()).toMatchObject([{ blocked: 'https://images.example/a.png', count: 1 }]);
      const list = JSON.stringify([{ type: 'csp-violation', body: {} }]);
      expect((await post(url, list, { 'content-type': 'application/reports+json' })).status).toBe(204);
      expect((await post(url, JSON.stringify({ a: 'x'.repeat(20_000) }))).status).toBe(413);
    }
  });

  it('answers what is no report with 400, 405, 415 and 429', async () => {
    const app = express().use(bulwark());
    app.use('/csp-reports', cspReportHandler(cspReportEndpoint({ maxPerClient: 5 })));
    const url = await serve(app);
    expect((await post(url, '{')).status).toBe(400);
    expect((await post(url, '')).status).toBe(400);
    const get = await fetch(url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await post(url, report, { 'content-type': 'text/plain' })).status).toBe(415);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await post(url, report)).status);
    expect(statuses).toEqual([204, 204, 204, 429, 429, 429]);
  });

  it('stops reading a body without a length after 16 KB', async () => {
    const app = express().use(bulwark());
    app.use('/csp-reports', cspReportHandler());
    const url = await serve(app);
    let sent = 0;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = httpRequest(url, { method: 'POST', headers: type }, (res) => {
        res.resume();
        resolve(res.statusCode);
        req.destroy();
      });
      req.on('error', reject);
      const more = (): void => {
        if (req.destroyed) return;
        sent += 1_024;
        req.write('x'.repeat(1_024), () => setTimeout(more, 1));
      };
      more();
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(1_000_000);
  });

  it('does not read a bomb of gzip, and survives a client that goes away', async () => {
    const app = express().use(bulwark());
    app.use('/csp-reports', cspReportHandler());
    app.use(bulwarkErrors());
    const url = await serve(app);
    const gzip = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    expect((await post(url, gzip, { ...type, 'content-encoding': 'gzip' })).status).toBe(400);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise<void>((resolve) =>
      socket.write(
        'POST /csp-reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/csp-report\r\nContent-Length: 99\r\n\r\n{',
        () => resolve(),
      ),
    );
    socket.destroy();
    expect((await post(url, report)).status).toBe(204);
  });

  it('believes no address that a client claims', async () => {
    const app = express().use(bulwark());
    app.use('/csp-reports', cspReportHandler(cspReportEndpoint({ maxPerClient: 2 })));
    const url = await serve(app);
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) {
      statuses.push((await post(url, report, { ...type, 'x-forwarded-for': `203.0.113.${i}` })).status);
    }
    expect(statuses).toEqual([204, 204, 429, 429]);
  });
});
