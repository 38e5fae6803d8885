import {
  expectCorsRefused,
  expectCsrfRefused,
  expectFreshSession,
  expectInert,
  expectLimited,
  expectNoInjection,
  expectNoLeak,
  expectNoOpenRedirect,
  expectSecureCookie,
} from 'bulwark/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { Browser, newAddress } from './testing/browser.ts';
import { honestUse } from './testing/honest-use.ts';
import { logIn, password, signUp, whoIs } from './testing/people.ts';
import { origin, type Site, startSite } from './testing/start-site.ts';

type Headers = Readonly<Record<string, string>>;

const reason = missing('postgres');

describe.skipIf(reason)(`the site with Bulwark${reason ? `: ${reason}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    process.env['NODE_ENV'] = 'production';
    site = await startSite(() => import('./app.ts'));
  });
  afterAll(() => site?.close());

  honestUse(() => site);

  /** For tests of something else, which log in far more often than anybody does. */
  const forgetCounters = (): Promise<unknown> => site.admin.query('truncate bulwark_rate_limits');

  test('keeps what it says about cookies', async () => {
    const { name } = await signUp(site.base);
    await expectSecureCookie(() => logIn(new Browser(site.base), name));
  });

  describe('cross-site request forgery', () => {
    test('no other site changes a profile', async () => {
      const { browser } = await signUp(site.base);
      const token = await tokenOf(browser);
      const change = (headers: Headers, from: string): Promise<Response> => {
        const own: Headers = from === 'own page' ? { _csrf: token } : {};
        return browser.post('/profile', { ...own, shown_name: 'Eve', about: '' }, headers);
      };
      await expectCsrfRefused(change, { origin });
    });

    test('an old browser needs the token of its own session', async () => {
      const { browser } = await signUp(site.base, { old: true });
      const thief = await signUp(site.base, { old: true });
      const changed = { shown_name: 'Changed', about: '' };
      expect((await browser.post('/profile', changed)).status).toBe(403);
      const foreign = { ...changed, _csrf: await tokenOf(thief.browser) };
      expect((await browser.post('/profile', foreign)).status).toBe(403);
      expect(await whoIs(browser)).not.toBe('Changed');
      expect((await browser.submit('/profile', changed)).status).toBe(303);
      expect(await whoIs(browser)).toBe('Changed');
    });

    test('no other site logs a visitor in, in an old browser either', async () => {
      const { name } = await signUp(site.base);
      const fields = { name, password };
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      expect((await new Browser(site.base).post('/log-in', fields, foreign)).status).toBe(403);
      expect((await new Browser(site.base, { old: true }).post('/log-in', fields)).status).toBe(403);
      const old = new Browser(site.base, { old: true });
      expect((await logIn(old, name)).status).toBe(303);
      expect(await whoIs(old)).toBe(name);
    });
  });

  describe('sessions', () => {
    test('a cookie that was planted before log-in is worth nothing', async () => {
      const { name } = await signUp(site.base);
      const own = { origin, 'sec-fetch-site': 'same-origin' };
      const enter = (cookie: string): Promise<Response> =>
        new Browser(site.base).post('/log-in', { name, password }, { ...own, ...(cookie && { cookie }) });
      const page = (cookie: string): Promise<Response> => new Browser(site.base).get('/profile', { cookie });
      await expectFreshSession(enter, { page });
    });

    test('a cookie is worth nothing after log-out', async () => {
      const { name, browser } = await signUp(site.base);
      const stolen = browser.cookie;
      const thief = new Browser(site.base);
      expect((await thief.get('/api/me', { cookie: stolen })).status).toBe(200);
      await browser.submit('/profile', {}, '/log-out');
      expect((await thief.get('/api/me', { cookie: stolen })).status).toBe(401);
      await logIn(browser, name);
      expect((await thief.get('/api/me', { cookie: stolen })).status).toBe(401);
    });

    test.each([
      ['the log-out of all other devices', '/devices', {}],
      ['a change of password', '/password', { current: password, password: 'amber kettle stopwatch' }],
    ])('a stolen cookie is worth nothing after %s', async (_what, path, fields) => {
      const { name, browser } = await signUp(site.base);
      const phone = new Browser(site.base);
      await logIn(phone, name);
      const thief = new Browser(site.base);
      const steal = async (): Promise<number> =>
        (await thief.get('/api/me', { cookie: phone.cookie })).status;
      expect(await steal()).toBe(200);
      await browser.submit(path, fields);
      expect(await steal()).toBe(401);
      expect(await whoIs(browser)).toBe(name);
    });

    test('a cookie that was copied from this device is worth nothing after a change of password', async () => {
      const { browser } = await signUp(site.base);
      const stolen = browser.cookie;
      await browser.submit('/password', { current: password, password: 'amber kettle stopwatch' });
      expect((await new Browser(site.base).get('/api/me', { cookie: stolen })).status).toBe(401);
    });
  });

  describe('guesses at a password', () => {
    /** Neither needs the page with the form: a browser of today sends where a request comes from. */
    const tryPassword = (browser: Browser, name: string, secret: string): Promise<Response> =>
      browser.post('/log-in', { name, password: secret });

    test.each(['signed up', 'logged in'])(
      'are limited, and the owner gets in where they %s before',
      async (how) => {
        const { name, browser } = await signUp(site.base);
        const known = how === 'signed up' ? browser : new Browser(site.base);
        if (how === 'logged in') await logIn(known, name);
        await known.submit('/profile', {}, '/log-out');
        const { retryAfterSeconds } = await expectLimited(
          (n) => tryPassword(new Browser(site.base), name, `guess-${n}`),
          { most: 20, parallel: true, timeoutMs: 120_000 },
        );
        expect(retryAfterSeconds).toBeGreaterThan(0);
        expect((await logIn(new Browser(site.base), name)).status).toBe(429);
        known.address = newAddress();
        expect((await logIn(known, name)).status).toBe(303);
        expect(await whoIs(known)).toBe(name);
      },
    );

    test('from one address are limited, and others still log in', async () => {
      const { name } = await signUp(site.base);
      const neighbour = await signUp(site.base);
      const thief = new Browser(site.base);
      await expectLimited((n) => tryPassword(thief, name, `guess-${n}`), {
        attempts: 20,
        most: 5,
        ordinary: () => logIn(new Browser(site.base), neighbour.name),
      });
    });

    test('are limited for an account that does not exist, too', async () => {
      const thief = new Browser(site.base);
      const guess = (n: number): Promise<Response> => tryPassword(thief, 'nobody-here', `guess-${n}`);
      await expectLimited(guess, { attempts: 20, most: 5 });
    });

    test('are not bought with an account whose name looks the same', async () => {
      const { name } = await signUp(site.base);
      const alike = `${name}\u200b`;
      const thief = new Browser(site.base);
      expect((await thief.post('/sign-up', { name: alike, password })).status).toBe(303);
      const answers: number[] = [];
      for (let n = 0; n < 10; n++) {
        expect((await tryPassword(thief, alike, password)).status).toBe(303);
        answers.push((await tryPassword(thief, name, `guess-${n}`)).status);
      }
      expect(answers.filter((status) => status === 401)).toHaveLength(5);
      expect(answers.slice(5)).toEqual([429, 429, 429, 429, 429]);
    });

    test('are answered with a page for people, and with data for programs', async () => {
      const { name } = await signUp(site.base);
      const thief = new Browser(site.base);
      const guess = (accept: string): Promise<Response> =>
        thief.post('/log-in', { name, password: 'guess' }, { 'sec-fetch-site': 'same-origin', accept });
      for (let n = 0; n < 5; n++) expect((await guess('text/html')).status).toBe(401);
      const page = await guess('text/html,*/*;q=0.8');
      expect([page.status, page.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
      expect(await page.text()).toMatch(/<h1>Too many tries<\/h1><p>Please try again in \d+ seconds/);
      const data = await guess('*/*');
      expect(data.status).toBe(429);
      expect(data.headers.get('content-type')).toBe('application/problem+json');
    });

    test('are limited in the form that changes the password, too', async () => {
      const { browser } = await signUp(site.base);
      const guess = (n: number): Promise<Response> =>
        browser.submit('/password', { current: `guess-${n}`, password: 'amber kettle stopwatch' });
      await expectLimited(guess, { attempts: 30, most: 20 });
    });
  });

  test('a log-in leads to no other site', async () => {
    const { name } = await signUp(site.base);
    const target = (next: string): Promise<Response> =>
      new Browser(site.base).post('/log-in', { name, password, next });
    await expectNoOpenRedirect(target, { harmless: '/profile' });
  });

  test('no origin but the front end reads the API', async () => {
    const { browser } = await signUp(site.base);
    await expectCorsRefused((headers) => browser.get('/api/me', headers), {
      allowed: ['https://app.example.com'],
    });
    const asked = (from: string): Promise<Response> =>
      fetch(`${site.base}/api/me`, {
        method: 'OPTIONS',
        headers: {
          origin: from,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await asked('https://app.example.com');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect((await asked('https://app.example.com.evil.example')).status).toBe(403);
  });

  test('a failing database tells nothing, and the site works afterwards', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    await site.admin.query('alter table users rename to people');
    try {
      await expectNoLeak(() => new Browser(site.base).get('/'), { hidden: ['users', 'relation', '42P01'] });
      expect(String(log.mock.calls.flat().at(-1))).toContain('does not exist'); // the log has what the client hasn't
    } finally {
      log.mockRestore();
      await site.admin.query('alter table people rename to users');
    }
    expect((await new Browser(site.base).get('/')).status).toBe(200);
  });

  test('a name is no SQL', async () => {
    await new Browser(site.base).get('/'); // counters have no table before the first request
    await expectNoInjection(site.pool, async (name) => {
      await forgetCounters();
      return new Browser(site.base).post('/log-in', { name: name.toWellFormed(), password });
    });
  }, 120_000);

  test('a profile runs nothing for whoever reads it', async () => {
    const { browser } = await signUp(site.base);
    await expectInert(async (about) => {
      browser.address = newAddress();
      await browser.post('/profile', { shown_name: about.toWellFormed(), about: about.toWellFormed() });
      return (await browser.get('/')).text();
    });
    await browser.post('/profile', { shown_name: '<b>Zoe</b>', about: 'I <3 tea & "cake"' });
    const page = await (await browser.get('/')).text();
    expect(page).toContain('&lt;b&gt;Zoe&lt;/b&gt;: I &lt;3 tea &amp; &quot;cake&quot;');
  }, 120_000);
});

async function tokenOf(browser: Browser): Promise<string> {
  const page = await (await browser.get('/profile')).text();
  return /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
}
