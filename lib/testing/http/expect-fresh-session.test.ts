import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from './answer.ts';
import { expectFreshSession, type FreshSessionOptions } from './expect-fresh-session.ts';

const answer = (status: number, headers: Record<string, string | string[]> = {}): HttpAnswer => ({
  status,
  headers,
});

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

describe('expectFreshSession', () => {
  /** An application whose session is found by the cookie `sid`; what it does at log-in is under test. */
  function app(how: {
    adopt?: boolean;
    keep?: boolean;
    anonymous?: boolean;
    stateless?: boolean;
    fixed?: boolean;
  }) {
    const users = new Map<string, string>();
    let next = 0;
    const sid = (cookie: string): string | undefined => /(?:^|; )sid=([^;]+)/.exec(cookie)?.[1];
    const known = (id: string | undefined): id is string => id !== undefined && users.has(id);
    const begin = (): string => {
      const id = `id${next++}`;
      users.set(id, '');
      return id;
    };
    const csrf = (): string => `csrf=${next++}; Path=/`;
    return {
      login: (cookie: string) => {
        if (how.stateless) return answer(302, { 'set-cookie': ['sid=signed-ann', csrf()] });
        const given = sid(cookie);
        const stays = how.keep && (known(given) || (how.adopt && given !== undefined));
        const id = stays ? (given as string) : begin();
        users.set(id, 'ann');
        return answer(302, { 'set-cookie': [...(stays ? [] : [`sid=${id}`]), csrf()] });
      },
      page: (cookie: string) => {
        const id = sid(cookie);
        if (how.stateless ? id === 'signed-ann' : known(id) && users.get(id) === 'ann') return answer(200);
        return answer(302, how.anonymous && !known(id) ? { 'set-cookie': [`sid=${begin()}`] } : {});
      },
      form: () => answer(200, { 'set-cookie': `sid=${begin()}` }),
    };
  }
  const run = (how: Parameters<typeof app>[0], more: Partial<FreshSessionOptions> = {}) => {
    const { login, page } = app(how);
    return outcome(expectFreshSession(login, { page, ...more }));
  };
  const hole = 'Session fixation: the log-in kept a session that was planted before.';

  it.each<[string, string, Parameters<typeof app>[0]]>([
    ['gives a new session', 'green', {}],
    ['gives a new session, also to those who had one', 'green', { anonymous: true }],
    ['keeps the one before log-in', hole, { keep: true, anonymous: true }],
    ['keeps one that was logged in', hole, { keep: true }],
    ['keeps any, even a made-up one', hole, { keep: true, adopt: true }],
    ['keeps all in the cookie, which looks like a fixed one', hole, { stateless: true }],
  ])('on an application that %s: %s', async (_what, expected, how) => {
    expect(await run(how)).toBe(expected);
  });

  it('takes a cookie without an id, and a request that begins a session', async () => {
    expect(await run({ stateless: true }, { allowSameCookie: true })).toBe('green');
    const { login, page, form } = app({ keep: true });
    const test = expectFreshSession(login, { page, before: form, allowSameCookie: true });
    expect(await outcome(test)).toBe(hole);
  });

  it('takes a made-up cookie that is refused', async () => {
    const { login, page } = app({});
    const strict = (cookie: string) => (cookie.includes('bulwarkmadeup') ? answer(400) : login(cookie));
    expect(await outcome(expectFreshSession(strict, { page }))).toBe('green');
  });

  it('proves nothing where there is no log-in', async () => {
    const { login, page } = app({});
    const nothing = /^This test proves nothing: /;
    expect(await outcome(expectFreshSession(login, { page: () => answer(200) }))).toMatch(nothing);
    expect(await outcome(expectFreshSession(() => answer(401), { page }))).toMatch(nothing);
    expect(await outcome(expectFreshSession(() => answer(401, { 'set-cookie': 'a=b' }), { page }))).toMatch(
      nothing,
    );
    let left = 1;
    const limited = (cookie: string) => (left-- > 0 ? login(cookie) : answer(429));
    for (const allowed of [1, 2]) {
      left = allowed;
      expect(await outcome(expectFreshSession(limited, { page }))).toMatch(nothing);
    }
    const tokened = app({ anonymous: true });
    const refusing = (cookie: string) => (cookie.includes('id0') ? answer(403) : tokened.login(cookie));
    expect(await outcome(expectFreshSession(refusing, { page: tokened.page }))).toMatch(nothing);
    await expect(expectFreshSession(login, {} as never)).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });
});
