import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { bulwark, readForm, readJson } from '../index.ts';

configureEvents({ sinks: [] });

describe('the limits of bulwark() on what readJson and readForm read', () => {
  const app = bulwark({ limits: { maxBodyFields: 3, maxBodyDepth: 2 } }, async (req, res) => {
    res.end(JSON.stringify(req.url === '/form' ? await readForm(req) : await readJson(req)));
  });
  const server = createServer(app);
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());

  async function statusOf(path: string, type: string, body: string): Promise<number> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    return (await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })).status;
  }

  it.each([
    ['/json', 'application/json', '[1,2,3]', 200],
    ['/json', 'application/json', '[1,2,3,4]', 400],
    ['/json', 'application/json', '[[1]]', 200],
    ['/json', 'application/json', '[[[1]]]', 400],
    ['/form', 'application/x-www-form-urlencoded', 'a=1&b=2&c=3', 200],
    ['/form', 'application/x-www-form-urlencoded', 'a=1&b=2&c=3&d=4', 400],
  ])('%s %s %s: %i', async (path, type, body, status) => {
    expect(await statusOf(path, type, body)).toBe(status);
  });
});
