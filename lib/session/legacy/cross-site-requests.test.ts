import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../event/record.ts';
import { keyring } from '../../secrets/index.ts';
import { memoryStore, sessions } from '../index.ts';
import { sealedSessions } from '../sealed/index.ts';
import { legacySessions, memorySpentSeals } from './index.ts';

quietByDefault();

const secret = 'q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue';

/** The cookies of cookie-session for ann. */
function oldCookies(): string {
  const value = Buffer.from(JSON.stringify({ userId: 'ann', nonce: Math.random() })).toString('base64');
  const signature = createHmac('sha1', secret).update(`old=${value}`).digest('base64url');
  return `old=${value}; old.sig=${signature}`;
}

const legacy = legacySessions<object>({
  kind: 'cookie-session',
  cookieName: 'old',
  secrets: [secret],
  spent: memorySpentSeals(),
  until: new Date(Date.now() + 86_400_000),
  map: ({ userId }) => ({ user: String(userId) }),
});

const kinds = {
  'server-side': sessions({ store: memoryStore(), legacy }),
  sealed: sealedSessions({ keys: keyring('k'.repeat(32)), legacy }),
};

describe.each(Object.entries(kinds))('%s sessions', (_kind, own) => {
  async function load(cookie: string, site: string, mode: string, dest?: string) {
    const headers = {
      ...{ cookie, 'sec-fetch-site': site, 'sec-fetch-mode': mode },
      ...(dest !== undefined && { 'sec-fetch-dest': dest }),
    };
    const lines: string[] = [];
    const session = await own.load(
      { method: 'GET', url: '/', headers },
      { appendCookie: (line) => lines.push(line) },
    );
    return { user: session.user, lines };
  }

  // An old cookie with `SameSite=None` comes with these, and browsers drop the new one, which is `Lax`.
  it.each([
    ['no-cors', 'image'],
    ['cors', 'empty'],
    ['navigate', 'iframe'],
  ])('are not migrated by a page of another site: %s, %s', async (mode, dest) => {
    const cookie = oldCookies();
    expect(await load(cookie, 'cross-site', mode, dest)).toEqual({ user: undefined, lines: [] });
    expect((await load(cookie, 'none', 'navigate', 'document')).user).toBe('ann');
  });

  it.each([
    ['cross-site', 'navigate', 'document'],
    ['cross-site', 'navigate', undefined],
    ['same-site', 'cors', 'empty'],
    ['same-origin', 'no-cors', 'image'],
  ])('are migrated by other requests: %s, %s, %s', async (site, mode, dest) => {
    const { user, lines } = await load(oldCookies(), site, mode, dest);
    expect(user).toBe('ann');
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-session', 'old', 'old.sig']);
  });
});
