import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as onExpress from '../express/index.ts';
import { memoryStore as counters, type RateLimitRule, type RuleKey, rateLimit } from '../rate-limit/index.ts';
import { memoryStore, type SessionStore, type Sessions, sessions } from '../session/index.ts';
import * as onWeb from '../web/index.ts';
import * as onNode from './index.ts';

type Options = Pick<onNode.BulwarkOptions, 'rateLimit' | 'session' | 'trustedProxies'>;
type Shop = (options: Options, users?: Sessions<object>) => RequestListener;

/** `/log-in/anna` logs Anna in; any other page says who is there. */
const answer = async (req: IncomingMessage, users?: Sessions<object>): Promise<string> => {
  const [, page, user] = req.url?.split('/') ?? [];
  if (page === 'log-in' && users) await users.of(req).logIn(user as string);
  return String(users?.of(req).user);
};
const onNodeHttp: Shop = (options, users) =>
  onNode.bulwark({ ...options, csrf: false }, async (req, res) => void res.end(await answer(req, users)));
const inExpress: Shop = (options, users) =>
  express()
    .use(onExpress.bulwark({ ...options, csrf: false }))
    .use(async (req, res) => void res.send(await answer(req, users)))
    .use(onExpress.bulwarkErrors());

const limited = (limit: number, key: RateLimitRule['key'], store = counters()) =>
  rateLimit({ store, limit, windowSeconds: 600, name: 'test', key });
const invalid = expect.objectContaining({ code: 'bulwark/invalid-option' });

describe.each<[string, Shop]>([
  ['node:http', onNodeHttp],
  ['Express', inExpress],
])('rateLimit in bulwark(): %s', (_, shop) => {
  /** A browser that keeps its cookie, at an address of its own. */
  async function open(key: RateLimitRule['key'], limit = 2, store: SessionStore = memoryStore()) {
    const users = sessions({ store });
    const options = { rateLimit: limited(limit, key), session: users, trustedProxies: 1 };
    const server = createServer(shop(options, users)).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return (address: string) => {
      let cookie = '';
      return async (path = '/'): Promise<number> => {
        const headers = { 'x-forwarded-for': address, ...(cookie && { cookie }) };
        const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
        await response.text();
        cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? cookie;
        return response.status;
      };
    };
  }

  it('counts a user in every browser and at every address by a rule by account, and no other user', async () => {
    const browser = await open('account');
    const [one, two, other, anonymous] = [1, 2, 3, 4].map((host) => browser(`203.0.113.${host}`));
    // Nobody is logged in yet when these are counted.
    expect([await one?.('/log-in/anna'), await two?.('/log-in/anna'), await other?.('/log-in/bob')]).toEqual([
      200, 200, 200,
    ]);
    expect([await one?.(), await two?.(), await one?.(), await two?.()]).toEqual([200, 200, 429, 429]);
    expect([await other?.(), await other?.()]).toEqual([200, 200]);
    for (let tries = 0; tries < 5; tries++) expect(await anonymous?.()).toBe(200);
  });

  it('counts each session by a rule by session', async () => {
    const browser = await open('session');
    const [one, two] = [browser('203.0.113.1'), browser('203.0.113.1')];
    await one('/log-in/anna');
    await two('/log-in/anna');
    expect([await one(), await one(), await one()]).toEqual([200, 200, 429]);
    expect([await two(), await two(), await two()]).toEqual([200, 200, 429]);
  });

  it('passes the account to a key function', async () => {
    const browser = await open(({ account }) => account && `user ${account}`);
    const one = browser('203.0.113.1');
    await one('/log-in/anna');
    expect([await one(), await one(), await one()]).toEqual([200, 200, 429]);
    expect(await browser('203.0.113.1')()).toBe(200);
  });

  it.each<[RuleKey, number]>([
    ['address', 3],
    ['account', 10],
  ])('reads the session of a refused request only where it must: a rule by %s', async (key, most) => {
    const store = memoryStore();
    let reads = 0;
    const counting: SessionStore = {
      ...store,
      read(...args) {
        reads += 1;
        return store.read(...args);
      },
    };
    const one = (await open(key, 4, counting))('203.0.113.1');
    await one('/log-in/anna');
    const statuses = [];
    for (let tries = 0; tries < 10; tries++) statuses.push(await one());
    expect(statuses.filter((status) => status === 429)).toHaveLength(key === 'address' ? 7 : 6);
    expect(reads).toBe(most);
  });

  it.each<[string, RateLimitRule['key']]>([
    ['account', 'account'],
    ['session', 'session'],
    ['route', 'route'],
    ['address and account', ['address', 'account']],
  ])('refuses a rule by %s that it cannot apply, when it is set up', (_name, key) => {
    expect(() => shop({ rateLimit: limited(2, key) })).toThrow(invalid);
  });

  it('accepts other rules without a session, and rules by account with one', () => {
    for (const key of [
      'address',
      'everyone',
      ({ address }: { address?: string | undefined }) => address,
    ] as const)
      expect(() => shop({ rateLimit: limited(2, key) })).not.toThrow();
    const users = sessions({ store: memoryStore() });
    expect(() =>
      shop({ rateLimit: limited(2, ['address', 'account']), session: users }, users),
    ).not.toThrow();
  });

  const byAddress: [string, RateLimitRule['key']][] = [
    ['a rule by address', 'address'],
    ['a function of the address', ({ address }) => address],
  ];

  it.each(byAddress)('counts peers without an address together: %s', async (_name, key) => {
    const folder = mkdtempSync(join(tmpdir(), 'limit-'));
    const socketPath = join(folder, 's');
    const server = createServer(shop({ rateLimit: limited(3, key) })).listen(socketPath);
    onTestFinished(() => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    await once(server, 'listening');
    const statuses = [];
    for (let tries = 0; tries < 5; tries++) {
      const [response] = (await once(request({ socketPath, agent: false }).end(), 'response')) as [
        IncomingMessage,
      ];
      response.resume();
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it.each(byAddress)(
    'counts clients that reset the connection before they are looked at: %s',
    async (_name, key) => {
      const passed: string[] = [];
      const defended = shop({ rateLimit: limited(3, key) });
      const finished: Promise<unknown>[] = [];
      const server = createServer((req, res) => {
        // As behind anything that takes its time before bulwark(): the address is gone by then.
        const reset = new Promise((resolve) => req.socket.on('close', resolve)).then(async () => {
          expect(req.socket.remoteAddress).toBeUndefined();
          const end = res.end.bind(res);
          const ended = new Promise<void>((resolve) => {
            res.end = ((...args: never[]) => {
              passed.push(String(res.statusCode));
              resolve();
              return end(...args);
            }) as never;
          });
          defended(req, res);
          await ended;
        });
        finished.push(reset);
      }).listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      for (let tries = 0; tries < 6; tries++) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        const came = once(server, 'request');
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await came;
        socket.resetAndDestroy();
        await finished.at(-1);
      }
      expect(passed).toEqual(['200', '200', '200', '429', '429', '429']);
    },
  );
});

describe('routeRateLimit', () => {
  it('refuses a rule by session at set-up without a session to count by, and accepts it with one', () => {
    const limiter = limited(2, 'session');
    for (const { routeRateLimit } of [onNode, onExpress]) {
      expect(() => routeRateLimit(limiter)).toThrow(invalid);
      expect(() => routeRateLimit(limiter, () => ({ session: 'binding' }))).not.toThrow();
      expect(() => routeRateLimit(limited(2, ['route', 'account']))).not.toThrow();
    }
  });
});

describe('the headers of a route with a limit of its own', () => {
  const store = () => counters();
  const everything = () => limited(300, 'address');
  const exporting = () =>
    rateLimit({ store: store(), limit: 10, windowSeconds: 3600, name: 'export', key: 'address' });
  const ofBoth = {
    policy: '"test";q=300;w=600, "export";q=10;w=3600',
    state: '"test";r=299;t=600, "export";r=9;t=3600',
  };

  async function headersOf(listener: RequestListener, method = 'GET') {
    const server = createServer(listener).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { headers } = await fetch(`http://127.0.0.1:${port}/`, { method });
    return { policy: headers.get('ratelimit-policy'), state: headers.get('ratelimit') };
  }

  it('are those of both limiters: Express', async () => {
    const app = express()
      .use(onExpress.bulwark({ rateLimit: everything() }))
      .get('/', onExpress.routeRateLimit(exporting()), (_req, res) => void res.send(''));
    expect(await headersOf(app)).toEqual(ofBoth);
  });

  it('are those of both limiters: node:http', async () => {
    const limit = onNode.routeRateLimit(exporting());
    const app = onNode.bulwark({ rateLimit: everything() }, async (req, res) => {
      await limit(req, res);
      res.end();
    });
    expect(await headersOf(app)).toEqual(ofBoth);
  });

  it('are those of both limiters: web', async () => {
    const limit = onWeb.routeRateLimit(exporting());
    const answer = onWeb.bulwark({ rateLimit: everything() }, async (request) => {
      await limit(request);
      return new Response('');
    });
    const { headers } = await answer(new Request('http://a.example/'), { remote: '203.0.113.9' });
    expect({ policy: headers.get('ratelimit-policy'), state: headers.get('ratelimit') }).toEqual(ofBoth);
  });

  it('name a policy apart that has the name of another, and one policy once', async () => {
    const same = rateLimit({ store: store(), limit: 10, windowSeconds: 3600, name: 'test', key: 'address' });
    const app = express()
      .use(onExpress.bulwark({ rateLimit: everything() }))
      .get('/', onExpress.routeRateLimit(same), onExpress.routeRateLimit(same), (_req, res) => {
        res.send('');
      });
    expect(await headersOf(app)).toEqual({
      policy: '"test";q=300;w=600, "test-2";q=10;w=3600',
      state: '"test";r=299;t=600, "test-2";r=8;t=3600',
    });
  });

  it('replace those of another library', async () => {
    const app = express()
      .use(onExpress.bulwark())
      .use((_req, res, next) => {
        res.set({ 'RateLimit-Policy': '100;w=60', RateLimit: 'limit=100, remaining=99, reset=60' });
        next();
      })
      .get('/', onExpress.routeRateLimit(exporting()), (_req, res) => void res.send(''));
    expect(await headersOf(app)).toEqual({
      policy: '"export";q=10;w=3600',
      state: '"export";r=9;t=3600',
    });
  });
});
