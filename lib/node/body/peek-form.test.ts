import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { peekForm } from './peek-form.ts';

/** What `peekForm` finds in a form, and what a body parser finds behind it. */
async function peeked(before: (req: IncomingMessage) => void): Promise<{ field: unknown; body: string }> {
  const server = createServer((req, res) => {
    before(req);
    void peekForm(req, '_csrf').then(async (field) => {
      let body = '';
      for await (const chunk of req) body += String(chunk);
      res.end(JSON.stringify({ field: field ?? null, body }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const body = new URLSearchParams({ _csrf: 'token', name: 'J\u00fcrgen' });
    const response = await fetch(url, { method: 'POST', body });
    return (await response.json()) as { field: unknown; body: string };
  } finally {
    server.close();
  }
}

const sent = '_csrf=token&name=J%C3%BCrgen';

it('reads a field, and leaves the body whole', async () => {
  expect(await peeked(() => {})).toEqual({ field: 'token', body: sent });
});

it('leaves a body alone that something before it reads as text', async () => {
  expect(await peeked((req) => req.setEncoding('utf8'))).toEqual({ field: null, body: sent });
});
