import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BrowserJar } from '../../../checks/cookies/browser-jar.ts';
import { recordedEvents } from '../../../checks/cookies/recorded-events.ts';
import { keys, sessions } from '../../../checks/cookies/sealed-shop.ts';
import { fromBase64url, toBase64url } from '../../internal/base64url.ts';
import { memoryEpochs } from './memory-epochs.ts';
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

it.each([
  [{}, /keyring/],
  [{ keys: 'secret' }, /keyring/],
  [{ keys, idleSeconds: 0 }, /idleSeconds/],
  [{ keys, idleSeconds: 7_200 }, /idleSeconds/],
  [{ keys, absoluteSeconds: 86_400 * 31 }, /absoluteSeconds/],
  [{ keys, absoluteSeconds: Number.NaN }, /absoluteSeconds/],
  [{ keys, fail: 'open' }, /fail/],
  [{ keys, epochs: {} }, /epochs/],
  [{ keys, legacy: {} }, /legacy/],
  [{ keys, timeoutMs: -1 }, /timeoutMs/],
  [{ keys, cookies: {} }, /Did you mean cookie/],
])('refuses the options %o', (options, sentence) => {
  expect(() => sealedSessions(options as never)).toThrow(
    expect.objectContaining({ code: 'bulwark/invalid-option', message: expect.stringMatching(sentence) }),
  );
  expect(() => sealedSessions({ keys, absoluteSeconds: 600, epochs: memoryEpochs() })).not.toThrow();
});

it('returns one handle for one request, and none for a request that was not loaded', async () => {
  const request = new BrowserJar().request();
  expect(() => sessions.of(request)).toThrow(expect.objectContaining({ code: 'session/not-loaded' }));
  const [one, other] = await Promise.all([
    sessions.load(request, { appendCookie() {} }),
    sessions.load(request, { appendCookie() {} }),
  ]);
  expect(one).toBe(other);
});

it('decodes base64url strictly', () => {
  expect(fromBase64url(toBase64url(new Uint8Array([251, 255])))).toEqual(new Uint8Array([251, 255]));
  for (const text of ['A', 'AB', '+/8', 'AA==', ' AAA', 'AAA\n']) expect(fromBase64url(text)).toBeUndefined();
});
