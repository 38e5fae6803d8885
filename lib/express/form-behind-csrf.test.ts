import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quietByDefault } from '../event/record.ts';
import { keyring } from '../secrets/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import { bulwark, bulwarkErrors, csrfToken, form } from './index.ts';

quietByDefault();
let server: Server;
let url: string;
let token: string;
let cookie: string;

beforeAll(async () => {
  const session = sessions<{ cart: string }>({ store: memoryStore() });
  const keys = keyring('q8ZfT2mWx4LrYc7NhJv0sKdPbG5uEaR1');
  const app = express().use(bulwark({ origin: 'https://shop.example.com', session, csrf: { keys } }));
  app.get('/', async (req, res) => {
    await session.of(req).set({ cart: 'lamp' });
    res.send(csrfToken(req));
  });
  app.post('/', form({ schema: z.record(z.string(), z.string()) }), (req, res) => void res.json(req.body));
  app.use(bulwarkErrors({ onError: () => {} }));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const page = await fetch(url);
  cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  token = await page.text();
});
afterAll(() => void server.close());

/** As a browser does that says nothing about where the form comes from: its token decides, and is in the body. */
async function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  const response = await fetch(url, {
    ...{ method: 'POST', body },
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('form, behind a check that looks for its token in the body', () => {
  it.each([1, 20_000, 90_000])('reads all of a body with %d characters in a field', async (length) => {
    const { status, body } = await post({ note: 'x'.repeat(length), _csrf: token });
    expect([status, body['note']]).toEqual([200, 'x'.repeat(length)]);
  });

  it('reads an empty body', async () => {
    expect(await post({}, { 'x-csrf-token': token })).toEqual({ status: 200, body: {} });
  });

  it('does not run without the token', async () => {
    expect((await post({ note: 'x' })).status).toBe(403);
  });
});
