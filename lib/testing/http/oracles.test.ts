import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './answer.ts';
import { expectCorsRefused } from './expect-cors-refused.ts';
import { type CsrfRefusedOptions, expectCsrfRefused } from './expect-csrf-refused.ts';
import { expectLimited, type LimitedOptions } from './expect-limited.ts';
import { expectNoOpenRedirect, type NoOpenRedirectOptions } from './expect-no-open-redirect.ts';
import { expectSecureCookie } from './expect-secure-cookie.ts';

type Headers = Readonly<Record<string, string>>;
const answer = (
  status: number,
  headers: Record<string, string | string[]> = {},
  body = '',
): HttpAnswer & {
  body: string;
} => ({ status, headers, body });

/** Green, or the first line of what is red. */
async function outcome(test: Promise<unknown>): Promise<string> {
  try {
    await test;
    return 'green';
  } catch (error) {
    expect(error).toMatchObject({ name: 'AssertionError' });
    return (error as Error).message.split('\n')[0] ?? '';
  }
}

const own = 'https://shop.example';

describe('expectCsrfRefused', () => {
  const run = (accepts: (headers: Headers, from: string) => boolean, options: CsrfRefusedOptions = {}) =>
    outcome(expectCsrfRefused((headers, from) => answer(accepts(headers, from) ? 200 : 403), options));
  const hole = 'CSRF: a forged request was accepted.';
  const byOrigin = (test: (origin: string) => boolean) => (headers: Headers) =>
    test(headers['origin'] ?? own);

  it.each<[string, string, (headers: Headers, from: string) => boolean, CsrfRefusedOptions?]>([
    ['a token', 'green', (_headers, from) => from === 'own page'],
    ['Sec-Fetch-Site', hole, ({ 'sec-fetch-site': site }) => site === 'same-origin' || site === undefined],
    ['Sec-Fetch-Site, strictly', 'green', ({ 'sec-fetch-site': site }) => site === 'same-origin'],
    [
      'Sec-Fetch-Site, with siblings',
      hole,
      ({ 'sec-fetch-site': site }) => site?.startsWith('same-') === true,
    ],
    ['Origin', 'green', byOrigin((origin) => origin === own), { origin: own, allowUnknownSource: true }],
    ['Origin, if there is one', hole, byOrigin((origin) => origin === own), { origin: own }],
    ['Origin, or null', hole, byOrigin((origin) => [own, 'null'].includes(origin)), { origin: own }],
    [
      'how Origin begins',
      hole,
      byOrigin((origin) => origin.startsWith(own)),
      { origin: own, allowUnknownSource: true },
    ],
    ['nothing', hole, () => true],
  ])('on an application that checks %s: %s', async (_what, expected, accepts, options) => {
    expect(await run(accepts, options)).toBe(expected);
  });

  it('proves nothing where all is refused, a limit or an error stops it, or the session is lost', async () => {
    expect(await run(() => false)).toMatch(/^This test proves nothing: the same request from the own page/);
    for (const status of [404, 405, 429, 500]) {
      const test = expectCsrfRefused((_headers, from) => answer(from === 'own page' ? 200 : status));
      expect(await outcome(test)).toMatch(/^This test proves nothing: something else/);
    }
    let lost = false;
    const once = (_headers: Headers, from: string): boolean => {
      if (from === 'other site') lost = true;
      return from === 'own page' && !lost;
    };
    expect(await run(once)).toMatch(/^This test proves nothing: the same request/);
  });

  it('takes a refusal of another form, where the test says so', async () => {
    const send = (_headers: Headers, from: string): HttpAnswer =>
      answer(302, { location: from === 'own page' ? '/done' : '/log-in' }, from);
    expect(await outcome(expectCsrfRefused(send))).toBe(hole);
    const refused = ({ body }: { body: string }): boolean => body === 'other site';
    expect(await outcome(expectCsrfRefused(send, { refused }))).toBe('green');
  });
});

describe('expectLimited', () => {
  const run = (limit: number, options: LimitedOptions, late = false) => {
    let tries = 0;
    const attempt = async (): Promise<HttpAnswer> => {
      if (tries >= limit) return answer(429, { 'retry-after': '30' });
      if (late) await new Promise((done) => setTimeout(done, 5));
      tries++;
      return answer(401);
    };
    return expectLimited(attempt, options);
  };

  it('counts what gets through', async () => {
    expect(await run(5, {})).toEqual({ tries: 5, retryAfterSeconds: 30 });
    expect(await run(5, { parallel: true })).toEqual({ tries: 5, retryAfterSeconds: 30 });
    expect(await outcome(run(5, { most: 5 }))).toBe('green');
    expect(await outcome(run(6, { most: 5 }))).toBe('No limit: too many attempts got through.');
    expect(await outcome(run(1000, {}))).toBe('No limit: too many attempts got through.');
  });

  it('sees a limit that counts too late for parallel attempts', async () => {
    expect(await outcome(run(5, { most: 10 }, true))).toBe('green');
    expect(await outcome(run(5, { most: 10, parallel: true }, true))).toMatch(/^No limit/);
  });

  it('sees a limit that begins anew when it refuses, or refuses only now and then', async () => {
    let tries = 0;
    const forgets = (): HttpAnswer => {
      tries = tries === 5 ? 0 : tries + 1;
      return answer(tries === 0 ? 429 : 401);
    };
    expect(await outcome(expectLimited(forgets, { most: 20 }))).toMatch(/^No limit/);
    const sometimes = (number: number): HttpAnswer => answer(number % 50 === 5 ? 429 : 401);
    expect(await outcome(expectLimited(sometimes, { most: 20 }))).toMatch(/^No limit/);
  });

  it('is red where others are stopped too, and proves nothing where no attempt was made', async () => {
    const stopped = run(5, { ordinary: () => answer(429) });
    expect(await outcome(stopped)).toBe('The limit stopped an ordinary request too.');
    expect(await outcome(run(0, {}))).toMatch(/^This test proves nothing: the first/);
    for (const status of [404, 405, 500, 503]) {
      expect(await outcome(expectLimited(() => answer(status)))).toMatch(
        /^This test proves nothing: an attempt/,
      );
    }
    for (const options of [{ attempts: 1 }, { most: 0 }, { attempts: 5, most: 5 }, { attempts: 1.5 }]) {
      await expect(run(5, options)).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    }
  });
});

describe('expectNoOpenRedirect', () => {
  const run = (to: (target: string) => HttpAnswer, options: NoOpenRedirectOptions = {}) =>
    outcome(expectNoOpenRedirect(to, options));
  const hole = 'Open redirect: a payload leads elsewhere.';
  const location = (target: string) => answer(302, { location: target });

  it.each<[string, string, (target: string) => HttpAnswer]>([
    ['sends everybody anywhere', hole, location],
    ['asks for a slash', hole, (target) => (target.startsWith('/') ? location(target) : answer(400))],
    ['asks for one slash', hole, (target) => (/^\/[^/]/.test(target) ? location(target) : answer(400))],
    ['refreshes', hole, (target) => answer(200, { refresh: `0; url=${target}` })],
    ['knows one page', 'green', (target) => (target === '/account' ? location(target) : answer(400))],
    [
      'answers with its own origin',
      'green',
      (target) => location(`${own}${target === '/account' ? target : '/'}`),
    ],
  ])('on an application that %s: %s', async (_what, expected, to) => {
    expect(await run(to)).toBe(expected);
  });

  it('proves nothing where the harmless target does not redirect', async () => {
    for (const to of [() => answer(200), () => location('/log-in'), () => answer(429)]) {
      expect(await run(to)).toMatch(/^This test proves nothing/);
    }
    expect(await run(() => location(`${own}/account`), { origin: 'https://other.example' })).toMatch(
      /proves nothing/,
    );
    let left = 1;
    expect(await run((target) => (left-- > 0 ? location(target) : answer(429)))).toMatch(/proves nothing/);
    for (const options of [{ payloads: [] }, { origin: 'shop' }]) {
      await expect(expectNoOpenRedirect(location, options)).rejects.toMatchObject({
        code: 'bulwark/invalid-option',
      });
    }
  });
});

describe('expectCorsRefused', () => {
  const run = (allows: (origin: string) => boolean, allowed: readonly string[] = []) =>
    outcome(
      expectCorsRefused(
        ({ origin }) =>
          answer(
            200,
            origin !== undefined && allows(origin) ? { 'access-control-allow-origin': origin } : {},
          ),
        { allowed },
      ),
    );
  const hole = 'CORS: a page of another origin may read the answer.';

  it.each<[string, string, (origin: string) => boolean]>([
    ['that origin', 'green', (origin) => origin === own],
    ['everything', hole, () => true],
    ['null', hole, (origin) => [own, 'null'].includes(origin)],
    ['how it begins', hole, (origin) => origin.startsWith(own)],
    ['how it ends', hole, (origin) => origin.endsWith('shop.example')],
    ['a pattern with a dot', hole, (origin) => /^https:\/\/shop.example$/.test(origin)],
    [
      'machines of developers',
      hole,
      (origin) => origin === own || /^https?:\/\/(localhost|127\.0\.0\.1)/.test(origin),
    ],
    ['files', hole, (origin) => [own, 'file://'].includes(origin)],
    ['what goes on with a hyphen', hole, (origin) => /^https:\/\/shop\.example(-|$)/.test(origin)],
    ['plain HTTP too', hole, (origin) => /^https?:\/\/shop\.example$/.test(origin)],
    ['none', 'CORS: an allowed origin may not read the answer.', () => false],
  ])('on an application that allows %s: %s', async (_what, expected, allows) => {
    expect(await run(allows, [own])).toBe(expected);
  });

  it('is red for a wildcard, and for a preflight alone', async () => {
    const star = answer(200, { 'access-control-allow-origin': '*' });
    expect(await outcome(expectCorsRefused(() => star))).toBe(hole);
    expect(
      await outcome(expectCorsRefused((_h, method) => (method === 'OPTIONS' ? star : answer(200)))),
    ).toBe(hole);
    expect(await outcome(expectCorsRefused(() => answer(401)))).toMatch(/^This test proves nothing/);
    const wrong = expectCorsRefused(() => answer(200), { allowed: ['https://a.example/'] });
    await expect(wrong).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });
});

describe('expectSecureCookie', () => {
  const run = (line: string | string[], options = {}) =>
    outcome(expectSecureCookie(() => answer(200, { 'set-cookie': line }), options));
  const good = '__Host-id=a; Path=/; Secure; HttpOnly; SameSite=Lax';

  it.each<readonly [string, string]>([
    [good, 'green'],
    ['id=a; path=/app; secure; httponly; samesite=strict', 'green'],
    ...['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'].map(
      (part) => [good.replace(`; ${part}`, ''), 'red'] as const,
    ),
    ['id=a; Secure; HttpOnly; SameSite=None', 'red'],
    ['id=a; Secure; HttpOnly; SameSite=Lax; Domain=shop.example', 'red'],
  ])('%s is %s', async (line, expected) => {
    expect(await run(line)).toBe(expected === 'red' ? 'A cookie lacks a protection.' : 'green');
  });

  it('judges the cookies that are named, and those that scripts read', async () => {
    expect(await run([good, 'theme=dark'])).toMatch(/lacks/);
    expect(await run([good, 'theme=dark'], { names: ['__Host-id'] })).toBe('green');
    expect(await run('csrf=a; Secure; SameSite=Lax', { allowScripts: ['csrf'] })).toBe('green');
    expect(await run(good, { names: ['sid'] })).toMatch(
      /^This test proves nothing: the answer does not set sid/,
    );
    expect(await run('id=; Max-Age=0')).toMatch(/^This test proves nothing: the answer sets no cookie/);
  });
});
