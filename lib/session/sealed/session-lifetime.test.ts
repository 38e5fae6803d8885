import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { loggedIn, type Shop, secret, sessions, userOf, visit } from '../../../checks/cookies/sealed-shop.ts';
import { keyring } from '../../secrets/keyring.ts';
import { sealedSessions } from './sealed-sessions.ts';

const events = recordedEvents();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T12:00:00Z') });
  await events.since();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('time', () => {
  it('ends a session after 30 minutes without a request, and not before', async () => {
    const jar = await loggedIn();
    const idle = new BrowserJar(jar);
    vi.setSystemTime(Date.now() + 1_799_000);
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() + 1_000);
    expect(await userOf(idle)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-expired', evidence: { reason: 'idle' } },
    ]);
    expect(await userOf(jar)).toBe('ann');
  });

  it('always ends a session an hour after log-in', async () => {
    const jar = await loggedIn();
    for (let minute = 1; minute < 60; minute++) {
      vi.setSystemTime(Date.now() + 60_000);
      await visit(jar, (session) => (minute % 2 ? session.set({ note: `${minute}` }) : session.rotate()));
    }
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() + 60_000);
    expect(await userOf(jar)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-expired', evidence: { reason: 'absolute' } },
    ]);
    await visit(jar, (session) => session.logIn('ann'));
    expect(await userOf(jar)).toBe('ann');
  });

  it('accepts clocks that differ by a minute, and nothing from the future', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() - 60_000);
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() - 1_000);
    expect(await userOf(jar)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-rejected', evidence: { reason: 'from-the-future' } },
    ]);
  });

  it('keeps a session that a server whose clock is behind has changed', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() - 60_000);
    await visit(jar, (session) => session.set({ note: 'behind' }));
    await visit(jar, (session) => session.rotate());
    expect(await userOf(jar)).toBe('ann');
    vi.setSystemTime(Date.now() + 60_000);
    expect(await visit(jar, ({ user, data }) => [user, data.note])).toEqual(['ann', 'behind']);
    expect(await events.since()).toEqual([]);
  });

  it('keeps a session alive with a cookie that revives neither old data nor an ended session', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 61_000);
    // A slow request began before the user changed the theme and logged out in another tab. Its response comes last.
    const slow: string[] = [];
    await sessions.load(jar.request(), { appendCookie: (line) => slow.push(line) });
    expect(slow.map((line) => line.split('=')[0])).toEqual(['__Host-session-seen']);
    const changed = new BrowserJar(jar);
    await visit(changed, (session) => session.set({ theme: 'light' }));
    for (const line of slow) changed.take(line);
    expect(await visit(changed, ({ data }) => data.theme)).toBe('light');
    await visit(jar, (session) => session.logOut());
    for (const line of slow) jar.take(line);
    expect(await userOf(jar)).toBeUndefined();
  });

  it('sends no cookie within the same minute', async () => {
    const jar = await loggedIn();
    vi.setSystemTime(Date.now() + 59_000);
    await visit(jar, (_session, lines) => expect(lines).toEqual([]));
    vi.setSystemTime(Date.now() + 1_000);
    await visit(jar, (_session, lines) => expect(lines).toHaveLength(1));
    await visit(jar, (_session, lines) => expect(lines).toEqual([]));
  });

  it('ignores the time of another session', async () => {
    const jar = await loggedIn();
    const other = await loggedIn('bob');
    vi.setSystemTime(Date.now() + 1_700_000);
    await userOf(other);
    vi.setSystemTime(Date.now() + 200_000);
    expect(await userOf(other)).toBe('bob');
    jar.set('__Host-session-seen', other.get('__Host-session-seen') ?? '');
    expect(await userOf(jar)).toBeUndefined();
  });
});

describe('keys', () => {
  it('are rotated without logging anybody out', async () => {
    const jar = await loggedIn();
    const former = jar.get('__Host-session');
    const newer = randomBytes(32);
    const rotated = sealedSessions<Shop>({ keys: keyring(newer, secret) });
    expect(await userOf(jar, rotated)).toBe('ann');
    expect(jar.get('__Host-session')).toBe(former);
    vi.setSystemTime(Date.now() + 61_000);
    await visit(jar, ({ binding }) => expect(binding).toBeDefined(), rotated);
    expect(jar.get('__Host-session')).not.toBe(former);
    const later = sealedSessions<Shop>({ keys: keyring(newer) });
    expect(await visit(jar, ({ user, data }) => ({ user, data }), later)).toEqual({
      user: 'ann',
      data: { theme: 'dark' },
    });
    expect(await events.codes()).toEqual([]);
    // The copy that was sealed with the former key is worth nothing once that has gone.
    jar.set('__Host-session', former ?? '');
    expect(await userOf(jar, later)).toBeUndefined();
    expect(await events.since()).toMatchObject([
      { code: 'session/seal-rejected', evidence: { reason: 'unknown-key' } },
    ]);
  });

  it('seal a change with the current key at once', async () => {
    const jar = await loggedIn();
    const rotated = keyring(randomBytes(32), secret);
    await visit(jar, (session) => session.set({ note: 'x' }), sealedSessions<Shop>({ keys: rotated }));
    expect(jar.get('__Host-session')?.split('.')[1]).toBe(rotated.current('session/sealed').id);
  });
});
