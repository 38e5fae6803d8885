import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../internal/base64url.ts';
import { type SealContext, type SealKey, seal, sealWithSalt, unseal } from './seal.ts';

const context: SealContext = { name: '__Host-session', purpose: 'session' };
const key: SealKey = { id: 'AbC-_9', key: new Uint8Array(32).fill(7) };
const byId = (id: string): Uint8Array | undefined => (id === key.id ? key.key : undefined);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const open = (sealed: string, in_: SealContext = context): ReturnType<typeof unseal> =>
  unseal(sealed, byId, in_);

/** The format, written a second time with node:crypto from its description. */
const second = {
  cipher: (salt: Uint8Array, secret: Uint8Array): [Buffer, Buffer] => {
    const derived = Buffer.from(hkdfSync('sha256', secret, salt, 'bulwark/seal/1', 44));
    return [derived.subarray(0, 32), derived.subarray(32)];
  },
  aad: (id: string, { purpose, name }: SealContext): Buffer =>
    Buffer.from(
      `["bulwark/seal",1,${JSON.stringify(id)},${JSON.stringify(purpose)},${JSON.stringify(name)}]`,
    ),
  seal(plaintext: Uint8Array, { id, key: secret }: SealKey, in_: SealContext, salt: Uint8Array): string {
    const cipher = createCipheriv('aes-256-gcm', ...second.cipher(salt, secret)).setAAD(second.aad(id, in_));
    const body = Buffer.concat([salt, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return `1.${id}.${body.toString('base64url')}`;
  },
  unseal(sealed: string, secret: Uint8Array, in_: SealContext): Buffer {
    const [, id = '', body = ''] = sealed.split('.');
    const all = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', ...second.cipher(all.subarray(0, 24), secret));
    decipher.setAAD(second.aad(id, in_)).setAuthTag(all.subarray(-16));
    return Buffer.concat([decipher.update(all.subarray(24, -16)), decipher.final()]);
  },
};

describe('fixed vectors', () => {
  it.each([
    {
      plaintext: '{"a":1}',
      key,
      context,
      salt: Uint8Array.from({ length: 24 }, (_, index) => index),
      sealed: '1.AbC-_9.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXQMsvWTerEMKrVktAA0mQJIHWykCgyo0',
    },
    {
      plaintext: '',
      key: { id: '000000', key: Uint8Array.from({ length: 32 }, (_, index) => index) },
      context: { name: 's', purpose: 'seen' },
      salt: new Uint8Array(24).fill(255),
      sealed: '1.000000.________________________________XUT8gmrcZByNpYIAkdLyeQ',
    },
  ])('seals $plaintext to the same bytes as ever', async (vector) => {
    expect(await sealWithSalt(bytes(vector.plaintext), vector.key, vector.context, vector.salt)).toBe(
      vector.sealed,
    );
    const opened = await unseal(vector.sealed, () => vector.key.key, vector.context);
    expect(opened).toEqual({ plaintext: bytes(vector.plaintext), keyId: vector.key.id });
  });
});

it('agrees with a second implementation, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 600 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.stringMatching(/^[\w-]{6}$/),
      fc.record({ name: fc.string(), purpose: fc.string() }),
      async (plaintext, secret, id, in_) => {
        const own = { id, key: secret };
        expect(Buffer.from(second.unseal(await seal(plaintext, own, in_), secret, in_))).toEqual(
          Buffer.from(plaintext),
        );
        const theirs = second.seal(plaintext, own, in_, randomBytes(24));
        expect(await unseal(theirs, () => secret, in_)).toEqual({ plaintext, keyId: id });
      },
    ),
    { numRuns: 100 },
  );
});

describe('a changed seal', () => {
  it('does not open if any character changes to any other', async () => {
    const sealed = await seal(bytes('{"user":"ann"}'), key, context);
    for (let at = 0; at < sealed.length; at++) {
      for (const other of ['A', 'B', '_', '.', ' ', '%', '=', '\u0100', '']) {
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        if (changed !== sealed) expect(await open(changed), changed).toHaveProperty('fault');
      }
    }
    expect(await open(sealed)).toEqual({ plaintext: bytes('{"user":"ann"}'), keyId: key.id });
  });

  it('does not open, whichever bit of its bytes changes', async () => {
    const sealed = await seal(bytes('{"user":"ann"}'), key, context);
    const body = fromBase64url(sealed.slice(9)) as Uint8Array;
    for (let bit = 0; bit < body.length * 8; bit++) {
      const changed = Uint8Array.from(body);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(await open(`1.${key.id}.${toBase64url(changed)}`)).toEqual({ fault: 'not-authentic' });
    }
  });

  it('does not open when it is cut, at either end, or longer', async () => {
    const sealed = await seal(bytes('{"user":"ann"}'), key, context);
    for (let length = 0; length < sealed.length; length++) {
      expect(await open(sealed.slice(0, length))).toHaveProperty('fault');
      expect(await open(sealed.slice(sealed.length - length))).toHaveProperty('fault');
    }
    for (const more of ['A', 'AAAA', '=', '\n', '.', `.${sealed}`]) {
      expect(await open(sealed + more)).toHaveProperty('fault');
    }
  });

  it('has one spelling only', async () => {
    for (let length = 0; length < 4; length++) {
      const sealed = await seal(new Uint8Array(length), key, context);
      for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        const changed = sealed.slice(0, -1) + last;
        if (changed !== sealed) expect(await open(changed)).toHaveProperty('fault');
      }
    }
  });

  it('never throws, whatever the cookie holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^1\.[\w-]{6}\.[\w-]*$/),
          fc.string({ unit: 'binary' }),
          fc.constant('1.AbC-_9.'.padEnd(100_000, 'A')),
        ),
        async (sealed) => {
          expect(await open(sealed)).toHaveProperty('fault');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a seal opens only for what it was made for', () => {
  it.each([
    { ...context, name: '__Host-other' },
    { ...context, name: 'session' },
    { ...context, purpose: 'seen' },
    { name: context.purpose, purpose: context.name },
    { name: `${context.name}"`, purpose: context.purpose },
  ])('not for $purpose in $name', async (other) => {
    const sealed = await seal(bytes('{"user":"ann"}'), key, context);
    expect(await open(sealed, other)).toEqual({ fault: 'not-authentic' });
    expect(await open(sealed)).toHaveProperty('plaintext');
  });

  it('not under another key, another id of the same key, or an unknown one', async () => {
    const sealed = await seal(bytes('{}'), key, context);
    expect(await unseal(sealed, () => new Uint8Array(32), context)).toEqual({ fault: 'not-authentic' });
    expect(await unseal(sealed.replace(key.id, 'other1'), () => key.key, context)).toEqual({
      fault: 'not-authentic',
    });
    expect(await unseal(sealed, () => undefined, context)).toEqual({ fault: 'unknown-key' });
  });

  it('not as another version (downgrade)', async () => {
    const sealed = await seal(bytes('{}'), key, context);
    for (const version of ['0', '2', '', '01', '1.1', 'v1', '10']) {
      expect(await open(`${version}${sealed.slice(1)}`)).toEqual({ fault: 'malformed' });
    }
  });
});

it('draws 192 random bits for each seal', async () => {
  const salts = new Set<string>();
  for (let count = 0; count < 500; count++) salts.add((await seal(bytes('{}'), key, context)).slice(9, 41));
  expect(salts.size).toBe(500);
  // Each bit is set in about half of them: none is fixed.
  for (let bit = 0; bit < 192; bit++) {
    const set = [...salts].filter(
      (salt) => ((fromBase64url(salt) as Uint8Array)[bit >> 3] as number) & (1 << (bit & 7)),
    );
    expect(set.length).toBeGreaterThan(150);
    expect(set.length).toBeLessThan(350);
  }
});

it('costs 63 bytes, and four for each three of the plaintext', async () => {
  expect(await seal(new Uint8Array(0), key, context)).toHaveLength(9 + 54);
  expect(await seal(new Uint8Array(300), key, context)).toHaveLength(9 + 54 + 400);
});
