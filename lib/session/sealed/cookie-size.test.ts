import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keys, loggedIn, type Shop, visit } from '../../../checks/cookies/sealed-shop.ts';
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

describe('size', () => {
  it('is bounded for the whole cookie, by an error that names the largest keys', async () => {
    const jar = await loggedIn();
    await visit(jar, async (session) => {
      const error: unknown = await session
        .set({ note: 'n'.repeat(2_000), cart: ['c'.repeat(1_500)] })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'session/too-large', status: 413 });
      expect((error as { detail: { reason: string } }).detail.reason).toMatch(
        /^the cookie would have \d{4} bytes; largest keys in bytes of JSON: note 2010, cart 1512, theme 15$/,
      );
      expect(session.data).toEqual({ theme: 'dark' });
    });
    expect(await visit(jar, ({ data }) => data)).toEqual({ theme: 'dark' });
  });

  it('lets through exactly what browsers keep', async () => {
    for (const persistent of [false, true]) {
      const of = sealedSessions<Shop>({ keys, cookie: { persistent } });
      let longest = 0;
      for (let length = 2_850; length < 3_000; length++) {
        const jar = new BrowserJar();
        const line = await visit(
          jar,
          async (session, lines) => {
            await session.set({ note: 'n'.repeat(length) }).catch((error: unknown) => {
              expect(error).toMatchObject({ code: 'session/too-large' });
            });
            return lines[0];
          },
          of,
        );
        expect(jar.refused).toEqual([]);
        if (line !== undefined) longest = line.length;
      }
      expect(longest).toBeGreaterThan(4_092);
      expect(longest).toBeLessThanOrEqual(4_096);
    }
  });

  it.each(['\u00e4'.repeat(1_400), '"'.repeat(1_400), '\ud83d\ude00'.repeat(700)])(
    'counts bytes, not characters: %#',
    async (note) => {
      const jar = new BrowserJar();
      await visit(jar, (session) => session.set({ note }));
      expect(jar.refused).toEqual([]);
      expect(await visit(jar, ({ data }) => data.note)).toBe(note);
    },
  );
});
