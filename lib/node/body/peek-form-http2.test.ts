import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type ClientHttp2Session, connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peekForm } from './peek-form.ts';

// In a stream of HTTP/2 the end of a body comes by itself. Data that is put back behind it is an error that ends the process.
describe('peekForm over HTTP/2', () => {
  const server = createServer((request, res) => {
    const req = request as unknown as IncomingMessage;
    void peekForm(req, '_csrf').then(async (field) => {
      const body = await text(req).catch((error: unknown) => String(error));
      res.end(JSON.stringify({ field: field ?? null, body }));
    });
  });
  let client: ClientHttp2Session;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    client.close();
    server.close();
  });

  async function send(pieces: readonly string[]): Promise<unknown> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const stream = client.request({ ':method': 'POST', ...type });
    for (const piece of pieces) {
      stream.write(piece);
      await wait(2);
    }
    stream.end();
    return JSON.parse(await text(stream));
  }

  it.each([
    ['at once', ['_csrf=token&name=lamp']],
    ['in pieces', ['_cs', 'rf=tok', 'en&na', 'me=lamp']],
  ])('reads a field of a form that comes %s, and leaves the body whole', async (_how, pieces) => {
    expect(await send(pieces)).toEqual({ field: 'token', body: '_csrf=token&name=lamp' });
  });

  it('waits for the end of an empty body', async () => {
    expect(await send([])).toEqual({ field: null, body: '' });
  });

  it('gives up on a form that is too long, which stays whole', async () => {
    const long = `_csrf=token&name=${'x'.repeat(200_000)}`;
    expect(await send([long])).toEqual({ field: null, body: long });
  });

  it('survives a client that leaves in the middle', async () => {
    const stream = client.request({
      ':method': 'POST',
      'content-type': 'application/x-www-form-urlencoded',
    });
    stream.on('error', () => {});
    stream.write('_csrf=to');
    await wait(20);
    stream.destroy();
    await wait(20);
    expect(await send(['_csrf=token'])).toEqual({ field: 'token', body: '_csrf=token' });
  });
});
