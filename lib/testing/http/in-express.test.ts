import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Response as Reply, type Request } from 'express';
import expressSession from 'express-session';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { bulwark, bulwarkErrors, csrfToken } from '../../express/index.ts';
import { memoryStore as limitStore, loginLimit } from '../../rate-limit/index.ts';
import { redirectTo, safeRedirect } from '../../redirect/index.ts';
import { keyring } from '../../secrets/index.ts';
import { memoryStore, sessions } from '../../session/index.ts';
import { expectCorsRefused } from './expect-cors-refused.ts';
import { expectCsrfRefused } from './expect-csrf-refused.ts';
import { expectFreshSession } from './expect-fresh-session.ts';
import { expectLimited } from './expect-limited.ts';
import { expectNoLeak } from './expect-no-leak.ts';
import { expectNoOpenRedirect } from './expect-no-open-redirect.ts';
import { expectSecureCookie } from './expect-secure-cookie.ts';

/** As `cors({ origin: true, credentials: true })` answers. */
function reflected(req: Request, res: Reply, next: NextFunction): void {
  res.set({
    'Access-Control-Allow-Origin': req.get('origin') ?? '*',
    'Access-Control-Allow-Credentials': 'true',
  });
  if (req.method === 'OPTIONS') res.sendStatus(204);
  else next();
}

/** The usual Express application with none of the defences that these tests are about. */
function undefended(): RequestListener {
  const app = express();
  app.use(expressSession({ secret: 'keyboard cat', resave: false, saveUninitialized: true }));
  app.use(express.urlencoded({ extended: false }));
  const userOf = (req: Request): string | undefined => (req.session as { user?: string }).user;
  app.get('/form', (_req, res) => void res.send('a form'));
  app.post('/log-in', (req, res) => {
    if (req.body.password !== 'right') return void res.status(401).send('wrong password');
    (req.session as { user?: string }).user = 'ann';
    res.redirect('/account');
  });
  app.get(
    '/account',
    (req, res) => void (userOf(req) ? res.send(`hello ${userOf(req)}`) : res.redirect('/form')),
  );
  app.post('/transfer', (req, res) => void (userOf(req) ? res.send('sent') : res.status(401).send('log in')));
  app.get('/next', (req, res) => void res.redirect(String(req.query['to'])));
  app.get('/me', reflected, (_req, res) => void res.json({ user: 'ann' }));
  app.options('/me', reflected);
  app.get('/fail', () => {
    throw new Error('orders_pkey is broken');
  });
  return app;
}

const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
const partner = 'https://app.partner.example';

interface Without {
  readonly csrf?: true;
  readonly limit?: true;
  readonly freshSession?: true;
  readonly safeRedirect?: true;
  readonly errors?: true;
}

/** The same application with Bulwark, or with all but one guard. */
function defended(without: Without = {}): RequestListener {
  const perPair = { limit: without.limit ? 1_000 : 5, windowSeconds: 900 };
  const own = sessions<{ user: string }>({ store: memoryStore() });
  const perAccount = without.limit
    ? { limit: 1_000, windowSeconds: 900 }
    : { limit: 20, windowSeconds: 3_600 };
  const limit = loginLimit({ store: limitStore(), keys, perPair, perAccount, perAddress: perPair });
  const app = express();
  app.use(
    bulwark({
      session: own,
      csrf: without.csrf ? false : { keys, logIn: ['/log-in'] },
      cors: { origins: [partner], allowCredentials: true },
    }),
  );
  app.use(express.urlencoded({ extended: false }));
  const run =
    (work: (req: Request, res: Reply) => Promise<unknown>) =>
    (req: Request, res: Reply, next: NextFunction) =>
      void work(req, res).catch(next);
  app.get('/form', (req, res) => void res.send(csrfToken(req)));
  app.post(
    '/log-in',
    run(async (req, res) => {
      const facts = { account: String(req.body.user ?? 'ann'), address: req.socket.remoteAddress };
      const attempt = await limit.reserve({ ...facts, cookie: limit.cookie(req) });
      if (req.body.password !== 'right') return res.status(401).send('wrong password');
      res.append('Set-Cookie', await attempt.succeeded());
      if (without.freshSession) await own.of(req).set({ user: 'ann' });
      else await own.of(req).logIn('ann');
      return res.redirect('/account');
    }),
  );
  const userOf = (req: Request): string | undefined => own.of(req).user ?? own.of(req).data.user;
  app.get('/account', (req, res) => void (userOf(req) ? res.send('hello ann') : res.redirect('/form')));
  app.post('/transfer', (req, res) => void (userOf(req) ? res.send('sent') : res.status(401).send('log in')));
  app.get('/next', (req, res) => {
    const to = String(req.query['to']);
    res.redirect(without.safeRedirect ? to : String(safeRedirect(to, { fallback: redirectTo`/` })));
  });
  app.get('/me', (_req, res) => void res.json({ user: 'ann' }));
  app.get('/fail', () => {
    throw new Error('orders_pkey is broken');
  });
  return without.errors ? app : app.use(bulwarkErrors({ onError: () => {} }));
}

const servers: Server[] = [];
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(() => {
  configureEvents({ sinks: [] });
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterAll(() => vi.restoreAllMocks());
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const manual = { redirect: 'manual' } as const;
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

function logIn(app: string, cookie: string, password = 'right', user = 'ann'): Promise<Response> {
  const body = new URLSearchParams({ user, password });
  const headers = { ...sameOrigin, ...(cookie === '' ? {} : { cookie }) };
  return fetch(`${app}/log-in`, { method: 'POST', body, headers, ...manual });
}
const get = (url: string, cookie = ''): Promise<Response> =>
  fetch(url, { headers: cookie === '' ? {} : { cookie }, ...manual });

async function loggedIn(app: string): Promise<string> {
  const lines = (await logIn(app, '')).headers.getSetCookie();
  return lines.map((line) => line.split(';')[0]).join('; ');
}
function transfer(app: string, cookie: string, token?: string): Parameters<typeof expectCsrfRefused>[0] {
  return (headers, from) => {
    const body = new URLSearchParams({
      amount: '1',
      ...(from === 'own page' && token ? { _csrf: token } : {}),
    });
    return fetch(`${app}/transfer`, { method: 'POST', body, headers: { ...headers, cookie }, ...manual });
  };
}

const red = (message: RegExp) => ({ name: 'AssertionError', message: expect.stringMatching(message) });

describe.each([
  ['the usual Express application', undefended, true],
  ['the same with Bulwark', defended, false],
] as const)('on %s', (_name, make, isRed) => {
  const verdict = async (test: (app: string) => Promise<unknown>, message: RegExp): Promise<void> => {
    const outcome = test(await serve(make()));
    if (isRed) await expect(outcome).rejects.toMatchObject(red(message));
    else await outcome;
  };

  it('expectCsrfRefused tells whether forged requests get through', () =>
    verdict(
      async (app) => expectCsrfRefused(transfer(app, await loggedIn(app))),
      /^CSRF: a forged request was accepted\.\n {2}from: +a form on another site/,
    ));

  it('expectFreshSession tells whether a log-in keeps a planted session', () =>
    verdict(
      (app) =>
        expectFreshSession((cookie) => logIn(app, cookie), {
          page: (cookie) => get(`${app}/account`, cookie),
        }),
      /^Session fixation: .*\n {2}planted: +cookies of a session before log-in/,
    ));

  it('expectLimited tells whether guesses are limited, one after another and at once', async () => {
    for (const parallel of [false, true]) {
      await verdict(async (app) => {
        const attempt = (n: number) => logIn(app, '', `guess-${n}`);
        const ordinary = () => get(`${app}/form`);
        const result = await expectLimited(attempt, { attempts: 40, most: 20, parallel, ordinary });
        expect(result.tries).toBe(5);
        expect(result.retryAfterSeconds).toBeGreaterThan(0);
      }, /^No limit: too many attempts got through\.\n {2}attempts: +40/);
    }
  });

  it('expectNoOpenRedirect tells whether a target leads elsewhere', () =>
    verdict(
      (app) => expectNoOpenRedirect((target) => get(`${app}/next?to=${encodeURIComponent(target)}`)),
      /^Open redirect: a payload leads elsewhere\./,
    ));

  it('expectCorsRefused tells whether other origins may read', () =>
    verdict(
      (app) => expectCorsRefused((headers, method) => fetch(`${app}/me`, { method, headers })),
      /^CORS: a page of another origin may read the answer\.\n.*attacker/,
    ));

  it('expectNoLeak tells whether an error page gives the code away', () =>
    verdict(
      (app) => expectNoLeak(() => get(`${app}/fail`), { hidden: ['orders_pkey'] }),
      /^An error page tells too much\.\n {2}what: +a text that was to be hidden/,
    ));

  it('expectSecureCookie tells whether cookies are protected', () =>
    verdict(
      (app) => expectSecureCookie(() => logIn(app, '')),
      /^A cookie lacks a protection\.\n {2}cookie: +connect\.sid\n.*\n.*not Secure.*not SameSite/,
    ));
});

describe('an oracle on the defended application', () => {
  it.each<[string, Without, (app: string) => Promise<unknown>]>([
    ['csrf', { csrf: true }, async (app) => expectCsrfRefused(transfer(app, await loggedIn(app)))],
    [
      'a new session at log-in',
      { freshSession: true },
      (app) =>
        expectFreshSession((cookie) => logIn(app, cookie), {
          page: (cookie) => get(`${app}/account`, cookie),
        }),
    ],
    [
      'a limit',
      { limit: true },
      (app) => expectLimited((n) => logIn(app, '', `guess-${n}`), { attempts: 40, most: 20 }),
    ],
    [
      'safeRedirect',
      { safeRedirect: true },
      (app) => expectNoOpenRedirect((to) => get(`${app}/next?to=${encodeURIComponent(to)}`)),
    ],
    ['bulwarkErrors', { errors: true }, (app) => expectNoLeak(() => get(`${app}/fail`))],
  ])('is red without %s', async (_guard, without, test) => {
    await test(await serve(defended()));
    await expect(test(await serve(defended(without)))).rejects.toMatchObject(
      red(/^(?!This test proves nothing)/),
    );
  });

  it('proves nothing where the ordinary request fails', async () => {
    const app = await serve(defended());
    const nothing = red(/^This test proves nothing: /);
    const csrf = expectCsrfRefused(transfer(app, ''));
    await expect(csrf).rejects.toMatchObject(nothing);
    const wrong = (cookie: string) => logIn(app, cookie, 'wrong');
    const page = (cookie: string) => get(`${app}/account`, cookie);
    await expect(expectFreshSession(wrong, { page })).rejects.toMatchObject(nothing);
    await expect(expectFreshSession(page, { page: () => get(`${app}/form`) })).rejects.toMatchObject(nothing);
    await expect(expectLimited(() => get(`${app}/nowhere`), { attempts: 3 })).rejects.toMatchObject(nothing);
    await expect(expectNoOpenRedirect(() => get(`${app}/form`))).rejects.toMatchObject(nothing);
    await expect(expectNoOpenRedirect(() => get(`${app}/next`))).rejects.toMatchObject(nothing);
    await expect(expectCorsRefused(() => get(`${app}/fail`))).rejects.toMatchObject(nothing);
    await expect(expectNoLeak(() => get(`${app}/form`))).rejects.toMatchObject(nothing);
    await expect(expectSecureCookie(() => get(`${app}/me`))).rejects.toMatchObject(nothing);
  });

  it('is green with a token where the browser says nothing, and with allowed origins', async () => {
    const app = await serve(defended());
    const cookie = await loggedIn(app);
    const token = await (await get(`${app}/form`, cookie)).text();
    await expectCsrfRefused(transfer(app, cookie, token), { origin: app });
    const me = (headers: Record<string, string>, method: string) => fetch(`${app}/me`, { method, headers });
    await expectCorsRefused(me, { allowed: [partner] });
    await expect(expectCorsRefused(me, { allowed: ['https://other.example'] })).rejects.toMatchObject(
      red(/^CORS: an allowed origin may not read/),
    );
  });
});
