import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { configureEvents, type SecurityEvent } from 'bulwark/event';
import { bulwark, bulwarkErrors, expectContinue } from 'bulwark/express';
import express5 from 'express';
// @ts-expect-error Its types are those of Express 5.
import express4 from 'express4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
afterAll(() => void configureEvents({ sinks: [] }));

const express: typeof express5 = express4;
const limit = 1_000_000;
const maxBodyBytes = (req: { url?: string | undefined }): number =>
  req.url === '/import' ? 20_000_000_000 : limit;

/** Writes these bytes to a socket, and gives what came back by the time that `until` matches or the other side has closed. */
function exchange(port: number, text: string, until = /$^/): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const timer = setTimeout(
      () => socket.destroy(new Error(`nothing more than ${JSON.stringify(answer)}`)),
      5_000,
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (until.test(answer)) socket.end();
    });
    socket.on('error', reject).on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

describe.each([
  ['Express 5', express5],
  ['Express 4', express],
])('%s', (_version, make) => {
  const servers: Server[] = [];
  let port = 0;
  let reached = 0;

  async function listening(listener: RequestListener): Promise<number> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  function app(): ReturnType<typeof express5> {
    const made = make().use(bulwark({ maxBodyBytes }));
    made.use((req, res) => {
      reached++;
      req.resume().on('end', () => res.send('answered'));
    });
    return made.use(bulwarkErrors());
  }

  beforeAll(async () => {
    port = await listening(app());
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  const get = (lines: string, target = '/'): Promise<string> =>
    exchange(port, `GET ${target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);

  it.each([
    ['two lines', 'Host: a.example\r\nHost: b.example\r\n', '/'],
    ['two equal lines', 'Host: a.example\r\nHOST: a.example\r\n', '/'],
    ['a path', 'Host: a.example/x\r\n', '/'],
    ['a user', 'Host: a.example@b.example\r\n', '/'],
    ['markup', 'Host: a"><script>\r\n', '/'],
    ['a space', 'Host: a.example b.example\r\n', '/'],
    ['another host than the target', 'Host: a.example\r\n', 'http://b.example/'],
  ])('answers 400 to a Host with %s, and closes', async (_what, lines, target) => {
    const before = reached;
    const answer = await exchange(port, `GET ${target} HTTP/1.1\r\n${lines}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(answer).toContain('"title":"The request was refused."');
    expect(answer).not.toMatch(/script>|b\.example/);
    expect(reached).toBe(before);
  });

  it.each([
    ['a name', 'Host: a.example\r\n', '/'],
    ['a port', 'Host: a.example:8080\r\n', '/'],
    ['IPv6', 'Host: [::1]:8080\r\n', '/'],
    ['the target', 'Host: a.example\r\n', 'http://a.example/x'],
    ['no value', 'Host:\r\n', '/'],
  ])('answers 200 to a Host with %s', async (_what, lines, target) => {
    expect(await get(lines, target)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('reports both as events, with their request', async () => {
    await recorder.flush();
    events.length = 0;
    await get('Host: a.example\r\nHost: c.example\r\n');
    await exchange(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\n');
    await recorder.flush();
    const seen = events.map(({ code, request, evidence }) => [
      code,
      request?.method,
      request?.client,
      evidence,
    ]);
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual([
      ...['request/invalid-host', 'GET', '127.0.0.1'],
      { host: 'c.example', reason: 'repeated' },
    ]);
    expect(seen).toContainEqual([
      ...['request/body-too-large', 'POST', '127.0.0.1'],
      { announced: 10_000_000_000, maxBodyBytes: limit },
    ]);
  });

  it('answers 413 to an announced body of 10 GB before it comes, and closes', async () => {
    const before = reached;
    const answer = await exchange(
      port,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\nbeginning',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(reached).toBe(before);
  });

  it('takes a body up to the limit, one without a length, and a larger one where the route may', async () => {
    const post = (lines: string, body: string, target = '/'): Promise<string> =>
      exchange(port, `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n${body}`);
    const most = 'x'.repeat(limit);
    expect(await post(`Content-Length: ${limit}\r\n`, most)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await post('Transfer-Encoding: chunked\r\n', '1\r\nx\r\n0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    const larger = `${most}x`;
    expect(await post(`Content-Length: ${larger.length}\r\n`, larger)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await post(`Content-Length: ${larger.length}\r\n`, larger, '/import')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('refuses JSON that is nested too deep, and passes flat JSON on unchanged', async () => {
    const parsing = make().use(bulwark(), make.json({ limit: '1mb' }));
    parsing.post('/', (req, res) => void res.json(req.body));
    const json = await listening(parsing.use(bulwarkErrors()));
    const post = (body: string): Promise<string> =>
      exchange(
        json,
        `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    const deep = await post(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(deep).toMatch(/^HTTP\/1\.1 400 [\s\S]*"title":"The request was refused\."/);
    expect(await post('{"a":[1,{"b":"c"}]}')).toMatch(/\r\n\r\n\{"a":\[1,\{"b":"c"\}\]\}$/);
  });

  it('refuses before 100 Continue, and sends 100 Continue for what it admits', async () => {
    const listener = app();
    const own = await listening(listener);
    expectContinue(servers.at(-1) as Server);
    const head = (bytes: number): string =>
      `POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${bytes}\r\n`;
    const refused = await exchange(own, `${head(10_000_000_000)}\r\n`);
    expect(refused).toMatch(/^HTTP\/1\.1 413 /);
    expect(refused).not.toContain('100 Continue');
    const admitted = await exchange(own, `${head(2)}Connection: close\r\n\r\nhi`);
    expect(admitted).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    expect(await exchange(own, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      / 200 OK\r\n/,
    );
    // Without it Node has said 100 already; the answer is the same, and the connection ends.
    const late = await exchange(port, `${head(10_000_000_000)}\r\n`);
    expect(late).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 413 /);
  });

  it('refuses a limit that makes no sense at start, and a length that its function cannot judge', async () => {
    for (const wrong of [-1, Number.NaN, '1mb']) {
      expect(() => bulwark({ maxBodyBytes: wrong as never })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    const unsure = await listening(make().use(bulwark({ maxBodyBytes: () => Number.NaN }), bulwarkErrors()));
    const answer = await exchange(unsure, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});
