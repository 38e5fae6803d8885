import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { hash as bcrypt } from '@node-rs/bcrypt';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { passwords } from './index.ts';

const guard = passwords();
const refused = (reason: string): unknown =>
  expect.objectContaining({ code: 'password/invalid-password', status: 400, detail: { reason } });

let events: SecurityEvent[] = [];
let recorder: ReturnType<typeof configureEvents>;
beforeEach(() => {
  events = [];
  recorder = configureEvents({
    sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
  });
});
afterEach(() => void configureEvents({ sinks: [] }));

const told = async (): Promise<unknown[]> => {
  await recorder.flush();
  return events.map(({ code, evidence }) => [code, evidence['problem']]);
};

describe('verify and hash refuse', () => {
  it.each([
    ['not-a-string', ['a', 'b']],
    ['not-a-string', { $ne: '' }],
    ['not-a-string', { toString: () => 'x', length: 4 }],
    ['not-a-string', undefined],
    ['not-a-string', null],
    ['not-a-string', 12345678],
    ['not-a-string', Buffer.from('password')],
    ['not-a-string', new String('password')],
    ['too-long', 'a'.repeat(1_025)],
    ['too-long', 'a'.repeat(2 ** 20)],
    ['too-long', '\u20ac'.repeat(342)],
    ['malformed-unicode', 'abc\ud800def'],
    ['malformed-unicode', '\udc00'],
  ])('%s', async (reason, password) => {
    await expect(guard.verify(password, undefined)).rejects.toThrow(refused(reason) as Error);
    await expect(guard.hash(password)).rejects.toThrow(refused(reason) as Error);
  });

  it('and accept what fits: 1,024 bytes, any script, spaces, pairs of surrogates, NUL', async () => {
    for (const password of [
      'a'.repeat(1_024),
      '\u20ac'.repeat(341),
      ' ',
      '\u{1f600}\u{1f600}',
      'a\0b',
      '\ufdfa'.repeat(341),
    ]) {
      expect(await guard.verify(password, await guard.hash(password))).toEqual({ ok: true });
    }
  });
});

it('an empty password is never right, and is not hashed', async () => {
  const stored = await bcrypt('', { cost: 4 });
  expect(await guard.verify('', stored)).toEqual({ ok: false });
  await expect(guard.hash('')).rejects.toThrow(refused('empty') as Error);
});

it('nothing after a NUL is ignored', async () => {
  const stored = await guard.hash('secret word\0 and more');
  expect(await guard.verify('secret word', stored)).toEqual({ ok: false });
  expect(await guard.verify('secret word\0 and', stored)).toEqual({ ok: false });
});

describe('NULs at the end, which PBKDF2 and scrypt ignore', () => {
  const salt = 'saltsaltsalt';
  const scrypt = scryptSync('secret word', salt, 64, { N: 1_024, r: 8, p: 1 }).toString('hex');
  const pbkdf2 = pbkdf2Sync('secret word', salt, 1_000, 32, 'sha256').toString('base64');
  it.each([`pbkdf2_sha256$1000$${salt}$${pbkdf2}`, `scrypt:1024:8:1$${salt}$${scrypt}`])(
    'make no other password the same: %s',
    async (stored) => {
      expect(await guard.verify('secret word', stored)).toMatchObject({ ok: true });
      for (const typed of ['secret word\0', 'secret word\0\0']) {
        await expect(guard.verify(typed, stored)).rejects.toThrow(refused('ends-with-nul') as Error);
        await expect(guard.hash(typed)).rejects.toThrow(refused('ends-with-nul') as Error);
      }
    },
  );
});

describe('the 72 bytes of bcrypt', () => {
  const beginning = 'a'.repeat(72);

  it('a longer password is not accepted by its beginning: it must be reset', async () => {
    const stored = await bcrypt(`${beginning}b`, { cost: 10 });
    expect(await guard.verify(`${beginning}c`, stored)).toEqual({ ok: false, mustReset: true });
    expect(await guard.verify(beginning, stored)).toMatchObject({ ok: true });
    expect(await guard.verify('a'.repeat(71), stored)).toEqual({ ok: false });
    expect(await told()).toContainEqual(['password/weak-hash', '72 bytes']);
  });

  it('are counted in bytes, not in characters', async () => {
    const stored = await bcrypt('\u20ac'.repeat(24), { cost: 10 });
    expect(await guard.verify('\u20ac'.repeat(24), stored)).toMatchObject({ ok: true });
    expect(await guard.verify('\u20ac'.repeat(25), stored)).toEqual({ ok: false, mustReset: true });
  });

  it('are accepted where the application says so, and replaced', async () => {
    const lenient = passwords({ allowTruncatedBcrypt: true });
    const { ok, newHash } = await lenient.verify(
      `${beginning}b`,
      await bcrypt(`${beginning}b`, { cost: 10 }),
    );
    expect(ok).toBe(true);
    expect(await lenient.verify(`${beginning}c`, newHash)).toEqual({ ok: false });
    expect(await told()).toContainEqual(['password/weak-hash', '72 bytes']);
  });

  it('end at a NUL in some libraries: such a password matches no bcrypt hash', async () => {
    for (const typed of ['abc', 'abc\0']) {
      expect(await guard.verify('abc\0def', await bcrypt(typed, { cost: 4 }))).toEqual({ ok: false });
    }
    expect(await guard.verify('abc\0def', await bcrypt('abc\0def', { cost: 4 }))).toEqual({ ok: false });
    expect(await guard.verify('abc', await bcrypt('abc', { cost: 4 }))).toMatchObject({ ok: true });
  });
});

describe('Unicode', () => {
  it('the same characters typed on another device are the same password', async () => {
    const stored = await guard.hash('cafe\u0301 \uff11 \ufb01n');
    expect(await guard.verify('caf\u00e9 1 fin', stored)).toEqual({ ok: true });
    expect(await guard.verify('cafe 1 fin', stored)).toEqual({ ok: false });
  });

  it('a hash of another program, made without normalisation, still matches', async () => {
    const { hash } = await import('@node-rs/argon2');
    const stored = await hash('cafe\u0301 \ufb01n', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await guard.verify('cafe\u0301 \ufb01n', stored)).toEqual({ ok: true });
    expect(await guard.verify('cafe fin', stored)).toEqual({ ok: false });
  });
});

it('two passwords that differ have different hashes', async () => {
  const fresh = passwords();
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, maxLength: 90 }),
      fc.string({ minLength: 1, maxLength: 90 }),
      async (one, other) => {
        const stored = await fresh.hash(one);
        expect((await fresh.verify(other, stored)).ok).toBe(
          one.normalize('NFKC') === other.normalize('NFKC'),
        );
      },
    ),
    { numRuns: 25 },
  );
});

it('a hash that is cheap to crack is reported, and replaced once the password is right', async () => {
  const stored = await bcrypt('a good password', { cost: 5 });
  await guard.verify('a bad password', stored);
  expect(await told()).not.toContainEqual(['password/weak-hash', 'too cheap']);
  expect((await guard.verify('a good password', stored)).newHash).toMatch(/^\$argon2id\$/);
  expect(await told()).toContainEqual(['password/weak-hash', 'too cheap']);
});

it('a good hash of bcrypt is replaced without an alarm', async () => {
  expect(await guard.verify('abc', await bcrypt('abc', { cost: 10 }))).toMatchObject({ ok: true });
  expect((await told()).filter((event) => String(event).includes('weak-hash'))).toEqual([]);
});
