import { hkdfSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { Misuse } from '../refusal/misuse.ts';
import { isKeyring, keyring } from './keyring.ts';
import type { MasterSecret } from './master-secret.ts';
import { Secret } from './secret.ts';

const first = 'n7Gk4VwYp2Xs9LbQ6dRz1TfJ8mHc3AuE';
const second = 'w5ZtC8hNq3Jr7DvM1yKb6PxS4gLf9TaU';

afterEach(() => vi.unstubAllEnvs());

/** The code of the Misuse. None of the secrets is in it. */
function wrong(...masters: unknown[]): string {
  try {
    keyring(...(masters as [MasterSecret]));
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    const shown = inspect(error, { showHidden: true, depth: 9 });
    for (const master of masters.filter((one) => typeof one === 'string' && one.length > 3)) {
      expect(shown).not.toContain(master);
    }
    return error.code;
  }
  return 'accepted';
}

describe('a keyring', () => {
  it('derives by HKDF-SHA-256, as node:crypto does', () => {
    const master = randomBytes(32);
    const { key } = keyring(master).current('csrf');
    expect(Buffer.from(key)).toEqual(Buffer.from(hkdfSync('sha256', master, '', 'bulwark/v1/csrf', 32)));
  });

  it('has the same keys for a Secret, its text and its bytes', () => {
    const keys = [first, new Secret(first), new TextEncoder().encode(first)].map((one) =>
      keyring(one).current('a'),
    );
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it('has a key of its own for each purpose and each master, and one id for all purposes', () => {
    const [one, other] = [keyring(first), keyring(second)];
    const made = [one.current('a'), one.current('b'), other.current('a'), other.current('b')];
    expect(new Set(made.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(4);
    expect(one.current('a').id).toBe(one.current('b').id);
    expect(one.current('a').id).not.toBe(other.current('a').id);
    for (const { id } of made) expect(id).toMatch(/^[\w-]{6}$/);
  });

  it('rotates: the newest signs, the former ones still verify', () => {
    const before = keyring(first).current('session');
    const after = keyring(second, first);
    expect(after.current('session').id).not.toBe(before.id);
    expect(after.byId('session', before.id)).toEqual(before.key);
    expect(after.byId('csrf', before.id)).not.toEqual(before.key);
    expect(after.all('session').map(({ id }) => id)).toEqual([after.current('session').id, before.id]);
    expect(keyring(second).byId('session', before.id)).toBeUndefined();
    expect(after.byId('session', '__proto__')).toBeUndefined();
  });

  it('counts a master that is given twice once, and keeps the order', () => {
    const keys = keyring(first, second, new Secret(first), second);
    expect(keys.all('a').map(({ id }) => id)).toEqual(
      [first, second].map((one) => keyring(one).current('a').id),
    );
  });

  it('keeps what it derived, and only so much of it', () => {
    const keys = keyring(first);
    expect(keys.current('a')).toBe(keys.current('a'));
    const kept = Buffer.from(keys.current('a').key);
    for (let index = 0; index < 200; index++) keys.current(`purpose-${index}`);
    expect(Buffer.from(keys.current('a').key)).toEqual(kept);
  });

  it('shows no key in a log, and none in JSON', () => {
    const keys = keyring(first, second);
    const derived = keys.current('a');
    for (const shown of [keys, derived, keys.all('a'), { ...derived }]) {
      expect(inspect(shown, { showHidden: true, depth: 9 })).not.toContain('Uint8Array');
      expect(JSON.stringify(shown)).not.toContain('key');
    }
    const { id, key } = derived;
    expect([id.length, key.length]).toEqual([6, 32]);
  });

  it('is not changed by a master that its owner clears', () => {
    const master = randomBytes(32);
    const keys = keyring(master);
    const expected = Buffer.from(hkdfSync('sha256', Buffer.from(master), '', 'bulwark/v1/late', 32));
    master.fill(0);
    expect(Buffer.from(keys.current('late').key)).toEqual(expected);
  });

  it('is distinguished from a look-alike', () => {
    const keys = keyring(first);
    expect(isKeyring(keys)).toBe(true);
    for (const other of [{ ...keys }, Object.create(keys), null, undefined, first])
      expect(isKeyring(other)).toBe(false);
  });
});

describe('a master secret', () => {
  it('of less than 32 bytes is secrets/weak-key', () => {
    expect(wrong(first.slice(1))).toBe('secrets/weak-key');
    expect(wrong(first, second.slice(9))).toBe('secrets/weak-key');
    expect(wrong(randomBytes(31))).toBe('secrets/weak-key');
    expect(wrong('')).toBe('secrets/weak-key');
    expect(wrong(first)).toBe('accepted');
    expect(wrong(randomBytes(64), first)).toBe('accepted');
  });

  it('that is invalid is bulwark/invalid-option', () => {
    const code = 'bulwark/invalid-option';
    for (const none of [
      undefined,
      null,
      7,
      {},
      [first],
      new ArrayBuffer(32),
      structuredClone(new Secret(first)),
    ]) {
      expect(wrong(none)).toBe(code);
      expect(wrong(first, none)).toBe(code);
    }
    expect(wrong(...Array.from({ length: 17 }, () => first))).toBe(code);
    expect(wrong('x'.repeat(70_000))).toBe(code);
  });

  it('that is guessable is refused in production, and an event elsewhere', async () => {
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
    });
    vi.stubEnv('NODE_ENV', 'production');
    const weak = ['a'.repeat(32), 'complex_password_at_least_32_characters_long', 'change-me-'.repeat(4)];
    for (const one of weak) expect(wrong(one)).toBe('secrets/weak-key');
    expect(wrong(first, weak[0])).toBe('secrets/weak-key');
    expect(wrong(new Uint8Array(32))).toBe('secrets/weak-key');
    expect(wrong(first)).toBe('accepted');
    vi.stubEnv('NODE_ENV', 'development');
    for (const one of weak) expect(wrong(one)).toBe('accepted');
    await recorder.close();
    expect(events.every(({ code }) => code === 'secrets/weak-secret')).toBe(true);
    expect(events.length).toBeGreaterThan(0);
    for (const one of weak) expect(JSON.stringify(events)).not.toContain(one);
  });
});

describe('a purpose', () => {
  it('is a short name in the code', () => {
    const keys = keyring(first);
    for (const purpose of ['csrf', 'session/seal', 'device-cookie', 'v2.links']) {
      expect(keys.current(purpose).key).toHaveLength(32);
    }
    for (const purpose of ['', 'Csrf', '/csrf', 'a b', 'a\0', 'x'.repeat(65), undefined, null, 7]) {
      expect(() => keys.current(purpose as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
  });
});
