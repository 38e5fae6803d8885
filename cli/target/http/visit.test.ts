import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openGate } from '../gate/open-gate.ts';
import { type Served, serveHttp } from '../testing/serve.ts';
import { createBudget } from './budget.ts';
import { createClient } from './client.ts';
import { type Visit, visit } from './visit.ts';

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function follow(handler: RequestListener, path = '/'): Promise<Visit> {
  const served = await serveHttp(handler);
  open.push(served);
  const gate = await openGate({ urls: [new URL(served.origin)], allowHosts: [] });
  const budget = createBudget({ mostRequests: 60, mostConnections: 10, totalMs: 20_000 });
  const client = createClient({ gate, budget, timeoutMs: 2_000, maxBytes: 1_000, userAgent: 'test' });
  return visit(client, new URL(path, served.origin), gate.allows);
}

describe('redirects', () => {
  it('are followed within the host, with the cookies that were set', async () => {
    const { answers, stopped } = await follow((req, res) => {
      if (req.headers.cookie === 'seen=1') res.end('in');
      else
        res
          .writeHead(302, {
            Location: '/a',
            'Set-Cookie': ['seen=1; Path=/', 'gone=1; Max-Age=0', 'tls=1; Secure'],
          })
          .end();
    });
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [302, ''],
      [200, 'in'],
    ]);
    expect(stopped).toBeUndefined();
  });

  it('end when they go round', async () => {
    const { answers, stopped } = await follow(
      (req, res) => void res.writeHead(301, { Location: `${req.url}x` }).end(),
    );
    expect(answers).toHaveLength(6);
    expect(stopped).toMatchObject({ reason: 'too-many-redirects' });
  });

  it.each([
    'https://shop.example/login?next=/',
    '//shop.example/login?next=/',
    'https://user:pw@shop.example/login?next=/',
  ])('do not leave the host: %s', async (location) => {
    const { stopped } = await follow((_req, res) => {
      res.writeHead(307, { Location: location }).end();
    });
    expect(stopped?.reason).toBe('outside');
    expect(stopped?.to).toMatch(/^https?:\/\/shop\.example\/login\?next=\/$/);
  });

  it.each(['http://[', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'to %j are not followed',
    async (location) => {
      const { answers, stopped } = await follow(
        (_req, res) => void res.writeHead(302, { Location: location }).end(),
      );
      expect(answers).toHaveLength(1);
      expect(['bad-location', 'outside']).toContain(stopped?.reason);
    },
  );

  it('without a location are the end', async () => {
    expect(await follow((_req, res) => void res.writeHead(304).end())).toMatchObject({
      answers: [{ status: 304 }],
    });
    expect((await follow((_req, res) => void res.writeHead(302).end())).stopped).toBeUndefined();
  });
});
