import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html, sendHtml } from './index.ts';

let server: Server;
let origin = '';
let answer: (res: ServerResponse) => Promise<void> = async () => {};
let sent: Promise<void> = Promise.resolve();

beforeAll(async () => {
  server = createServer((_req, res) => {
    sent = answer(res);
    sent.catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => void server.close());

async function* rows(count: number, made: { count: number }): AsyncGenerator<string> {
  for (let i = 0; i < count; i++) {
    made.count++;
    yield 'x'.repeat(100_000);
  }
}

describe('sendHtml', () => {
  it('sends a page with its character set', async () => {
    answer = (res) => sendHtml(res, html`<p>${'\u00e9'}</p>`);
    const response = await fetch(origin);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/html; charset=utf-8',
      '<p>\u00e9</p>',
    ]);
  });

  it('streams a page that waits', async () => {
    answer = (res) => sendHtml(res, html`<p>${pause(5, 'a')}</p>${rows(50, { count: 0 })}`);
    const response = await fetch(origin);
    expect(await response.text()).toBe(`<p>a</p>${'x'.repeat(5_000_000)}`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    await sent;
  });

  it('waits for a client that does not read, and ends when it leaves', async () => {
    const made = { count: 0 };
    answer = (res) => sendHtml(res, html`${rows(1_000, made)}`);
    const req = request(origin).end();
    const [res] = (await once(req, 'response')) as [import('node:http').IncomingMessage];
    let before = -1;
    while (before !== made.count) {
      before = made.count;
      await pause(50);
    }
    expect(made.count).toBeLessThan(500);
    res.destroy();
    await sent;
    expect(made.count).toBeLessThan(500);
  });

  it('makes nothing for a client that has left already', async () => {
    const made = { count: 0 };
    answer = async (res) => {
      res.destroy();
      await once(res, 'close');
      await sendHtml(res, html`${rows(1_000, made)}`);
    };
    await expect(fetch(origin)).rejects.toThrow();
    await sent;
    expect(made.count).toBe(0);
  });

  it('cuts off what fails, so that the client can tell, and rejects', async () => {
    answer = (res) =>
      sendHtml(
        res,
        html`<p>${'x'.repeat(100)}${pause(5).then(() => Promise.reject(new Error('database')))}</p>`,
      );
    await expect(fetch(origin).then((response) => response.text())).rejects.toThrow();
    await expect(sent).rejects.toThrow('database');
    answer = (res) =>
      sendHtml(res, html`${new Promise<string>(() => {})}`, { signal: AbortSignal.abort(new Error('stop')) });
    await expect(fetch(origin).then((response) => response.text())).rejects.toThrow();
    await expect(sent).rejects.toThrow('stop');
  });
});
