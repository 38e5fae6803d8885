import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { readForm } from '../index.ts';

it('reads no part of a form over HTTP/2 as if it were complete', async () => {
  const outcomes: unknown[] = [];
  const server = createServer((req, res) => {
    const form = readForm(req as unknown as IncomingMessage);
    form.then(({ amount }) => outcomes.push(amount)).catch((error: Error) => outcomes.push(error.name));
    form.finally(() => res.stream.destroyed || res.end()).catch(() => undefined);
    req.once('data', () => received());
  }).listen(0, '127.0.0.1');
  let received = (): void => undefined;
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => client.destroy());
  const post = () =>
    client
      .request({ ':method': 'POST', 'content-type': 'application/x-www-form-urlencoded' })
      .on('error', () => undefined);

  post().end('amount=1000');
  await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['1000']);
  const cut = post();
  received = () => cut.destroy();
  cut.write('amount=1');
  await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['1000', 'AbortError']);
});
