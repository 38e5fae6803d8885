import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../event/record.ts';
import { memoryStore, type Sessions, sessions } from '../index.ts';
import { legacySessions, memorySpentSeals } from './index.ts';

quietByDefault();

const secret = 'q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue';

/** The cookies of cookie-session for ann. */
function oldCookies(): string {
  const value = Buffer.from(JSON.stringify({ userId: 'ann', nonce: Math.random() })).toString('base64');
  const signature = createHmac('sha1', secret).update(`old=${value}`).digest('base64url');
  return `old=${value}; old.sig=${signature}`;
}

function start(maxPerUser: number): Sessions<object> {
  const legacy = legacySessions<object>({
    kind: 'cookie-session',
    cookieName: 'old',
    secrets: [secret],
    spent: memorySpentSeals(),
    until: new Date(Date.now() + 86_400_000),
    map: ({ userId }) => ({ user: String(userId) }),
  });
  return sessions({ store: memoryStore(), legacy, maxPerUser });
}

async function visit(own: Sessions<object>, cookie: string): Promise<{ user?: string; cookie?: string }> {
  let line = '';
  const session = await own.load(
    { method: 'GET', url: '/', headers: { cookie } },
    {
      appendCookie(added) {
        if (added.startsWith('__Host-session=')) line = added;
      },
    },
  );
  return {
    ...(session.user !== undefined && { user: session.user }),
    ...(line !== '' && { cookie: line.split(';')[0] as string }),
  };
}

describe('a user with at most one session', () => {
  it('keeps it, though many requests bring the old cookie at once', async () => {
    const own = start(1);
    const old = oldCookies();
    const visits = await Promise.all(Array.from({ length: 8 }, () => visit(own, old)));
    const [migrated, ...others] = visits.filter(({ user }) => user === 'ann');
    expect(others).toEqual([]);
    expect(await visit(own, migrated?.cookie ?? '')).toEqual({ user: 'ann' });
  });

  it('keeps it, though somebody repeats a copy of the old cookie', async () => {
    const own = start(1);
    const old = oldCookies();
    const { cookie = '' } = await visit(own, old);
    for (let times = 0; times < 3; times++) expect(await visit(own, old)).toEqual({});
    expect(await visit(own, cookie)).toEqual({ user: 'ann' });
  });

  it('has one again after the next log-in', async () => {
    const own = start(1);
    const first = await visit(own, oldCookies());
    await visit(own, oldCookies());
    const session = await own.load({ method: 'POST', url: '/', headers: {} }, { appendCookie: () => {} });
    await session.logIn('ann');
    expect(await own.list('ann')).toHaveLength(1);
    expect(await visit(own, first.cookie ?? '')).toEqual({});
  });
});
