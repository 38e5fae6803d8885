import type { IncomingMessage, RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openGate } from '../gate/open-gate.ts';
import { createBudget } from '../http/budget.ts';
import { createClient } from '../http/client.ts';
import { type Served, serveHttp } from '../testing/serve.ts';
import { type LogInAttempts, probeLogIn } from './probe-log-in.ts';

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function probe(handler: RequestListener): Promise<LogInAttempts & { readonly served: Served }> {
  const served = await serveHttp(handler);
  const gate = await openGate({ urls: [new URL(served.origin)], allowHosts: [] });
  const budget = createBudget({ mostRequests: 40, mostConnections: 0, totalMs: 10_000 });
  const client = createClient({ gate, budget, timeoutMs: 1_000, maxBytes: 10_000, userAgent: 'test' });
  open.push(served);
  const url = new URL('/login', served.origin);
  return {
    ...(await probeLogIn({ client, allows: gate.allows, url, user: 'probe', mostAttempts: 12 })),
    served,
  };
}

async function posted(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

const form =
  '<form method=post action=/session><input name=user><input type=password name=pw><button>Log in</button></form>';

function statuses({ attempts }: LogInAttempts): (number | string)[] {
  return attempts.map((reply) => (reply.kind === 'answer' ? reply.status : reply.reason));
}

describe('a log-in', () => {
  it('without a limit answers all attempts alike', async () => {
    const seen: string[] = [];
    const found = await probe(async (req, res) => {
      if (req.method !== 'POST') return void res.end(form);
      const values = await posted(req);
      expect(req.url).toBe('/session');
      expect(values.get('user')).toBe('probe');
      seen.push(values.get('pw') ?? '');
      res.writeHead(401).end('wrong');
    });
    expect(statuses(found)).toEqual(Array(12).fill(401));
    expect(new Set(seen).size).toBe(12);
    expect(found.failure).toBeUndefined();
  });

  it('with a limit is left in peace as soon as it says so', async () => {
    let count = 0;
    const found = await probe((req, res) => {
      if (req.method !== 'POST') return void res.end(form);
      count += 1;
      res.writeHead(count > 5 ? 429 : 200).end(form);
    });
    expect(statuses(found)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(count).toBe(6);
  });

  it('that limits its page too is seen', async () => {
    let count = 0;
    const found = await probe((_req, res) => {
      count += 1;
      res.writeHead(count > 6 ? 429 : 200).end(form);
    });
    expect(statuses(found)).toEqual([200, 200, 200, 429]);
  });

  it('gets the token of each page, with its cookie', async () => {
    let token = 0;
    const found = await probe(async (req, res) => {
      if (req.method !== 'POST') {
        token += 1;
        res.setHeader('Set-Cookie', `token=${token}; Path=/`);
        return void res.end(
          `<form method=POST action=/session><input type=hidden name=csrf value=${token}><input type=email name=user><input type=password name=pw></form>`,
        );
      }
      const isFresh =
        (await posted(req)).get('csrf') === String(token) && req.headers.cookie === `token=${token}`;
      res.writeHead(isFresh && req.headers.origin === `http://${req.headers.host}` ? 401 : 403).end();
    });
    expect(statuses(found)).toEqual(Array(12).fill(401));
  });
});

describe('what is no log-in', () => {
  it.each([
    ['has no form', '<p>Log in with the application.</p>'],
    ['sends the password in the URL', form.replace('method=post', '')],
    ['changes a password', form.replace('<button>', '<input type=password name=again><button>')],
    ['asks for no user', form.replace('<input name=user>', '')],
  ])('%s: nothing is sent', async (_what, body) => {
    const { attempts, failure, served } = await probe((_req, res) => res.end(body));
    expect(attempts).toEqual([]);
    expect(failure).toBe('The page has no form that posts a user and one password.');
    expect(served.seen).toEqual(['/login']);
  });

  it.each(['https://shop.example/session', 'http://127.0.0.1:1/session', 'javascript:alert(1)'])(
    'sends its form elsewhere: %s',
    async (action) => {
      const { attempts, failure } = await probe((_req, res) => res.end(form.replace('/session', action)));
      expect(attempts).toEqual([]);
      expect(failure).toBe('The form is sent to another host.');
    },
  );
});
