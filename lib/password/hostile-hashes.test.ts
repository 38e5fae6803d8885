import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwords } from './index.ts';
import { readHash } from './read-hash.ts';

const guard = passwords();
const salt = 'c29tZXNhbHRzb21lc2FsdA';
const digest = 'A'.repeat(43);
const hex = '0'.repeat(64);
const refused = expect.objectContaining({ name: 'Refusal', code: 'password/absurd-hash', status: 500 });

describe('verify refuses', () => {
  it.each([
    `$argon2id$v=19$m=4194304,t=1,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=65536,t=4294967295,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=9999999999,t=9999999999,p=9999999999$${salt}$${digest}`,
    `$argon2id$v=19$m=65536,t=2,p=255$${salt}$${digest}`,
    `$argon2id$v=19$m=8,t=1,p=2$${salt}$${digest}`,
    `$scrypt$ln=31,r=8,p=1$${salt}$${digest}`,
    `$scrypt$ln=4000000000,r=8,p=1$${salt}$${digest}`,
    `$scrypt$ln=17,r=8,p=1000$${salt}$${digest}`,
    `pbkdf2_sha256$2147483647$seasalt$${Buffer.alloc(32).toString('base64')}`,
    `pbkdf2:sha256:9999999999$seasalt$${hex}`,
    `scrypt:1073741824:8:1$seasalt$${hex}${hex}`,
    `scrypt:32767:8:1$seasalt$${hex}${hex}`,
    `$2b$31$${'a'.repeat(53)}`,
    `$2b$16$${'a'.repeat(53)}`,
    `$2b$03$${'a'.repeat(53)}`,
  ])('to compute an absurd cost: %s', async (stored) => {
    await expect(guard.verify('x', stored)).rejects.toThrow(refused);
  });

  it.each([
    // Truncated: a digest of a few bytes is matched by chance.
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$AAAA`,
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$`,
    `$argon2id$v=19$m=19456,t=2,p=1$AAAA$${digest}`,
    `pbkdf2_sha256$600000$seasalt$AA==`,
    `pbkdf2_sha1$600000$seasalt$${Buffer.alloc(32).toString('base64')}`,
    `pbkdf2:sha256:600000$seasalt$00`,
    `scrypt:32768:8:1$seasalt$${hex}`,
    `$2b$10$${'a'.repeat(52)}`,
    // Another spelling of the same bytes, other orders, signs and cases.
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${'A'.repeat(42)}B`,
    `$argon2id$v=19$t=2,m=19456,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=+19456,t=2,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=019456,t=2,p=1$${salt}$${digest}`,
    `$ARGON2ID$v=19$m=19456,t=2,p=1$${salt}$${digest}`,
    `$2B$10$${'a'.repeat(53)}`,
    `$2b$1e$${'a'.repeat(53)}`,
    // crypt_blowfish before 1.1 (CVE-2011-2483).
    `$2x$10$${'a'.repeat(53)}`,
    ` $2b$10$${'a'.repeat(53)}`,
    `$2b$10$${'a'.repeat(53)}     `,
    `$2b$10$${'a'.repeat(53)}\n`,
    // Unsalted or fast hashes, and a password that was never hashed.
    '5f4dcc3b5aa765d61d8327deb882cf99',
    'sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8',
    'md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3',
    'plaintext:hunter2',
    '$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/',
    `pbkdf2:md5:600000$seasalt$${'0'.repeat(32)}`,
  ])('what it cannot read: %j', async (stored) => {
    await expect(guard.verify('x', stored)).rejects.toThrow(refused);
  });

  it.each([[12345], [{}], [[]], [true], [new Date(0)], [Buffer.from('$2b$')], [Symbol('a')], [() => '']])(
    'what is no string: %o',
    async (stored) => {
      await expect(guard.verify('x', stored as never)).rejects.toThrow(refused);
    },
  );

  it('a long one before it reads it, whatever its pattern costs', async () => {
    for (const part of ['$', 'a', '$2b$10$', 'pbkdf2:sha256:1', '$argon2id$v=19$m=1,', '0'.repeat(9)]) {
      await expect(guard.verify('x', part.repeat(200_000))).rejects.toThrow(refused);
    }
  });

  it('and puts only the name of the format into the event, nothing else of the column', async () => {
    const error: unknown = await guard.verify('x', 'plaintext:hunter2').catch((thrown: unknown) => thrown);
    expect((error as { detail: object }).detail).toEqual({
      format: 'unknown',
      reason: 'malformed, truncated, or of an unknown format',
    });
  });
});

it('a costly hash within the bounds is computed', async () => {
  expect(await guard.verify('x', `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${digest}`)).toEqual({ ok: false });
  expect(
    await guard.verify('x', `pbkdf2_sha256$1200000$seasalt$${Buffer.alloc(32).toString('base64')}`),
  ).toEqual({
    ok: false,
  });
  expect(await guard.verify('x', `scrypt:32768:8:1$seasalt$${hex}${hex}`)).toEqual({ ok: false });
  expect(await guard.verify('x', `$2b$12$${'a'.repeat(53)}`)).toEqual({ ok: false });
}, 30_000);

it('a hash that is changed anywhere is read as another, or refused; it never throws', () => {
  const samples = [
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${digest}`,
    `$argon2id$v=19$m=19456,t=2,p=1,keyid=YWJjZGVm$${salt}$${digest}`,
    `$scrypt$ln=17,r=8,p=1$${salt}$${digest}`,
    `$2b$10$${'a'.repeat(53)}`,
    `pbkdf2_sha256$600000$seasalt$${Buffer.alloc(32).toString('base64')}`,
    `scrypt:32768:8:1$seasalt$${hex}${hex}`,
  ];
  for (const sample of samples) expect(readHash(sample)).not.toHaveProperty('allow');
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.nat(200),
      fc.nat(3),
      fc.string({ unit: fc.constantFrom(...'$0123456789,=:mtpA\0\n\u{1f600}'), maxLength: 12 }),
      (sample, at, removed, added) => {
        const hash = readHash(sample.slice(0, at) + added + sample.slice(at + removed));
        if ('allow' in hash) return hash.allow === false;
        if (hash.algorithm === 'argon2') return hash.memoryKiB * hash.passes <= 2 ** 20;
        if (hash.algorithm === 'scrypt') return hash.n * hash.r * hash.p <= 2 ** 22;
        return hash.algorithm === 'bcrypt' ? hash.cost <= 15 : hash.iterations <= 5_000_000;
      },
    ),
    { numRuns: 3_000 },
  );
});
