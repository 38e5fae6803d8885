import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readForm as readFormOnNode, readJson as readJsonOnNode } from '../node/index.ts';
import { readForm as readFormOnWeb, readJson as readJsonOnWeb } from '../web/index.ts';
import { bulwark, bulwarkErrors, form, json } from './index.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  const app = express().use(bulwark());
  const echo = (req: express.Request, res: express.Response): void =>
    void res.json({ body: req.body ?? null });
  app.post('/any', json(), form(), echo);
  app.post('/order', json({ schema: z.object({ id: z.number() }) }), echo);
  app.post('/small', json({ maxBytes: 20 }), form({ maxBytes: 20 }), echo);
  app.post('/nested', form({ nested: true }), echo);
  app.post('/node', async (req, res) => void res.json({ body: await readJsonOnNode(req) }));
  app.post('/node/form', async (req, res) => void res.json({ body: await readFormOnNode(req) }));
  app.post('/twice', express.text({ type: '*/*' }), json(), echo);
  app.use(bulwarkErrors({ onError: () => {} }));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const jsonType = { 'content-type': 'application/json' };
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

async function send(path: string, body: BodyInit | null, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  return { status: response.status, body: ((await response.json()) as { body?: unknown }).body };
}

describe('json', () => {
  it.each([
    ['an object', '{"id":1}', { id: 1 }],
    ['a list', '[1,"a",null]', [1, 'a', null]],
    ['text in many scripts', '"\u03a9\u00f1\u65e5\u672c"', '\u03a9\u00f1\u65e5\u672c'],
  ])('parses %s', async (_, text, body) => {
    expect(await send('/any', text, jsonType)).toEqual({ status: 200, body });
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/vnd.api+json',
    'APPLICATION/JSON',
  ])('reads the type %s', async (type) => {
    expect(await send('/any', '{"a":1}', { 'content-type': type })).toMatchObject({ body: { a: 1 } });
  });

  it.each([
    ['no body', null, {}],
    ['text', '{"a":1}', { 'content-type': 'text/plain' }],
    ['a look-alike', '{"a":1}', { 'content-type': 'application/jsonx' }],
  ])('leaves %s alone without a schema, and refuses it with one', async (_, text, headers) => {
    expect(await send('/any', text, headers)).toEqual({ status: 200, body: null });
    expect((await send('/order', text, headers)).status).toBe(415);
  });

  it.each([
    ['a polluting key', '{"__proto__":{"isAdmin":true}}', 400],
    ['a duplicate key', '{"id":1,"id":2}', 400],
    ['half an object', '{"id":', 400],
    ['nothing', ' ', 400],
    ['other data than the schema wants', '{"id":"1"}', 422],
    ['a body over the limit', `[${'1,'.repeat(60_000)}1]`, 413],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
  ])('refuses %s', async (_, text, status) => {
    expect((await send('/order', text, jsonType)).status).toBe(status);
  });

  it.each([
    ['a compressed body', { ...jsonType, 'content-encoding': 'gzip' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['two charsets', { 'content-type': 'application/json; charset=utf-8; charset=utf-7' }],
  ])('refuses %s', async (_, headers) => {
    expect((await send('/any', gzipSync('{}'), headers)).status).toBe(415);
  });

  it('cuts a chunked body at the limit, and the connection can be used again', async () => {
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 50; i++) controller.enqueue(Buffer.from('[[[[[[[[[['));
        controller.close();
      },
    });
    expect((await send('/small', chunks, jsonType)).status).toBe(413);
    expect(await send('/small', '[1]', jsonType)).toEqual({ status: 200, body: [1] });
  });

  it('takes a body of exactly the limit', async () => {
    expect((await send('/small', '"123456789012345678"', jsonType)).status).toBe(200);
    expect((await send('/small', '"1234567890123456789"', jsonType)).status).toBe(413);
    expect(
      (await send('/small', '"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"', jsonType)).status,
    ).toBe(200);
    expect(
      (await send('/small', '"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"', jsonType))
        .status,
    ).toBe(413);
  });

  it('says that another parser was there before', async () => {
    expect((await send('/twice', '{}', jsonType)).status).toBe(500);
  });

  it('ends when the client goes away in the middle of a body', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'POST /any HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"a"',
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    expect((await send('/any', '[1]', jsonType)).status).toBe(200);
  });

  it('is checked at startup', () => {
    expect(() => json({ maxBytes: -1 })).toThrow('maxBytes');
    expect(() => form({ lists: 'tag' } as never)).toThrow('lists');
    expect(() => json({ limit: '1mb' } as never)).toThrow('limit');
  });
});

describe('form', () => {
  it('parses fields', async () => {
    expect(await send('/any', 'q=caf%C3%A9+au+lait&page=2', formType)).toMatchObject({
      body: { q: 'caf\u00e9 au lait', page: '2' },
    });
    expect(await send('/nested', 'a[b]=1&c[]=2&c[]=3', formType)).toMatchObject({
      body: { a: { b: '1' }, c: ['2', '3'] },
    });
  });

  it.each(['a=1&a=2', 'a[__proto__][b]=1', 'a=%', 'a=%ff'])('refuses %s', async (text) => {
    expect((await send('/nested', text, formType)).status).toBe(400);
  });
});

describe('readJson and readForm', () => {
  it('read on node:http', async () => {
    expect(await send('/node', '{"a":1}', jsonType)).toEqual({ status: 200, body: { a: 1 } });
    expect(await send('/node/form', 'a=1', formType)).toEqual({ status: 200, body: { a: '1' } });
    expect((await send('/node', 'a=1', formType)).status).toBe(415);
  });

  it('read a web request', async () => {
    const request = (body: BodyInit, headers: Record<string, string>): Request =>
      new Request('http://localhost/', { method: 'POST', body, headers });
    expect(await readJsonOnWeb(request('{"a":1}', jsonType))).toEqual({ a: 1 });
    expect(await readFormOnWeb(request('a=1', formType))).toEqual({ a: '1' });
    await expect(readJsonOnWeb(request('a=1', formType))).rejects.toMatchObject({
      code: 'request/unsupported-body',
    });
    await expect(readJsonOnWeb(request('"long"', jsonType), { maxBytes: 5 })).rejects.toMatchObject({
      status: 413,
    });
    const used = request('{}', jsonType);
    await text(used.body as never);
    await expect(readJsonOnWeb(used)).rejects.toMatchObject({ code: 'request/body-already-read' });
  });
});
