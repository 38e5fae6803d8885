import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { currentInputs } from '../request/context.ts';
import { bulwark } from './index.ts';

configureEvents({ sinks: [] });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the inputs of a request', () => {
  it('are what the client sent, the body once it is parsed, and a mounted router its parameters', async () => {
    const seen: string[][] = [];
    const texts = (): string[] =>
      (currentInputs()?.strings ?? []).map(({ text, source }) => `${source}: ${text}`);
    const app = express().use(bulwark());
    app.use((_req, _res, next) => {
      seen.push(texts());
      next();
    });
    app.use(express.json());
    const router = express.Router().post('/of/:name', (_req, res) => {
      seen.push(texts());
      const first = currentInputs();
      res.json(currentInputs() === first);
    });
    app.use('/api', router);
    const response = await fetch(`${await serve(app)}/api/of/a%20b?q=c%20d`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'x=1; y=e%20f', referer: 'http://g/h' },
      body: JSON.stringify({ list: ['i j'] }),
    });
    expect(await response.json()).toBe(true);
    const [before, after] = seen;
    expect(before).toEqual(
      expect.arrayContaining(['path: a b', 'query.q: c d', 'cookie: e f', 'headers.referer: http://g/h']),
    );
    expect(before?.join()).not.toContain('i j');
    expect(after).toEqual(expect.arrayContaining(['params.name: a b', 'body.list: i j']));
  });
});

describe('the headers of a request', () => {
  it('are inputs line by line, whatever a handler has made of them since', async () => {
    let seen: string[] = [];
    const app = express().use(bulwark(), (req, _res, next) => {
      req.headers['x-kind'] = 'our own';
      delete req.headers.cookie;
      next();
    });
    app.get('/', (_req, res) => {
      seen = (currentInputs()?.strings ?? []).map(({ text, source }) => `${source}: ${text}`);
      res.end();
    });
    const { port, hostname } = new URL(await serve(app));
    const lines = [
      'Host',
      'a',
      'X-Kind',
      'a b',
      'x-kind',
      'c d',
      'Cookie',
      'k=e%20f',
      'Referer',
      'g h',
      'Referer',
      'i j',
    ];
    const sent = request({ port, hostname, headers: lines }).end();
    await new Promise((resolve) =>
      sent.on('response', (res) => res.resume().on('end', () => resolve(undefined))),
    );
    expect(seen).toEqual(
      expect.arrayContaining([
        ...['headers.x-kind: a b', 'headers.x-kind: c d', 'headers.x-kind: a b, c d', 'cookie: e f'],
        ...['headers.referer: g h', 'headers.referer: i j'],
      ]),
    );
    expect(seen.join()).not.toContain('our own');
  });
});
