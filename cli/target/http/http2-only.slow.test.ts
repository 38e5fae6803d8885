import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openGate } from '../gate/open-gate.ts';
import { type CertificateMaker, createCertificateMaker } from '../testing/certificates.ts';
import { type Served, served } from '../testing/serve.ts';
import { createBudget } from './budget.ts';
import { createClient } from './client.ts';
import { headerValues, type Reply } from './reply.ts';

let maker: CertificateMaker;
beforeAll(() => {
  maker = createCertificateMaker();
});
afterAll(() => maker?.remove());

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function ask(
  handler: (stream: ServerHttp2Stream, path: string) => void,
  count = 1,
): Promise<readonly Reply[]> {
  const server: Http2SecureServer = createSecureServer(maker.make());
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session.on('error', () => {})));
  server.on('tlsClientError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    handler(stream, String(headers[':path']));
  });
  const one = await served(server, [], () => {
    for (const session of sessions) session.destroy();
  });
  open.push(one);
  const url = new URL(`https://127.0.0.1:${one.port}/%`);
  const gate = await openGate({ urls: [url], allowHosts: [] });
  const budget = createBudget({ mostRequests: 10, mostConnections: 0, totalMs: 10_000 });
  const client = createClient({ gate, budget, timeoutMs: 500, maxBytes: 1_000, userAgent: 'test' });
  const replies: Reply[] = [];
  for (let index = 0; index < count; index++)
    replies.push(await client.send({ url, headers: { Origin: 'null' } }));
  expect(budget.requests).toBe(count);
  return replies;
}

describe('a server that speaks HTTP/2 only', () => {
  it('is asked in its own way', async () => {
    const replies = await ask((stream, path) => {
      stream.respond({ ':status': 404, 'set-cookie': ['a=1', 'b=2'], 'x-path': path });
      stream.end('not here');
    }, 3);
    expect(replies).toMatchObject(
      Array(3).fill({ kind: 'answer', status: 404, body: 'not here', isCut: false }),
    );
    const [first] = replies;
    expect(first?.kind === 'answer' && headerValues(first, 'set-cookie')).toEqual(['a=1', 'b=2']);
    expect(first?.kind === 'answer' && headerValues(first, 'x-path')).toEqual(['/%']);
  });

  it('is cut off when it stalls or sends without end', async () => {
    expect(await ask(() => {})).toMatchObject([{ kind: 'none', reason: 'timeout' }]);
    const endless = await ask((stream) => {
      stream.respond({ ':status': 200 });
      const more = (): void => {
        while (!stream.destroyed)
          if (!stream.write('a'.repeat(10_000))) return void stream.once('drain', more);
      };
      more();
    });
    expect(endless).toMatchObject([{ status: 200, body: 'a'.repeat(1_000), isCut: true }]);
    const half = await ask((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half');
    });
    expect(half).toMatchObject([{ body: 'half', isCut: true }]);
  });

  it('is told when it resets the stream', async () => {
    expect(await ask((stream) => stream.close(2))).toMatchObject([{ kind: 'none', reason: 'closed' }]);
  });
});
