import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peekForm } from './peek-form.ts';

describe('peekForm', () => {
  it('gives the field, and leaves the body whole, however it comes', async () => {
    const server = createServer(async (req, res) => {
      const token = await peekForm(req, '_csrf');
      res.end(JSON.stringify([token ?? null, await text(req)]));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const send = async (parts: readonly string[], isChunked: boolean): Promise<[string | null, string]> => {
      const length = Buffer.byteLength(parts.join(''));
      const sent = request({
        ...{ port, host: '127.0.0.1', method: 'POST' },
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          ...(isChunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': length }),
        },
      });
      // The server answers once it has what was announced, before the end is sent.
      const answered = once(sent, 'response');
      for (const part of parts) {
        sent.write(part);
        // A packet of its own, most times.
        await new Promise((resolve) => setImmediate(resolve));
      }
      sent.end();
      const [answer] = (await answered) as [import('node:http').IncomingMessage];
      return JSON.parse(await text(answer)) as [string | null, string];
    };

    const part = fc.oneof(
      fc.constantFrom('_csrf=abc', '&', '=', '_csrf', '%5Fcsrf=d', '+', 'a=b&', ''),
      fc.string({ unit: fc.constantFrom(...'a&=%+_csrf'), maxLength: 20 }),
      fc.integer({ min: 60_000, max: 140_000 }).map((length) => 'x'.repeat(length)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), fc.boolean(), async (parts, isChunked) => {
        const body = parts.join('');
        const values = new URLSearchParams(body).getAll('_csrf');
        const expected = body.length <= 131_072 && values.length === 1 ? values[0] : null;
        expect(await send(parts, isChunked)).toEqual([expected, body]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
