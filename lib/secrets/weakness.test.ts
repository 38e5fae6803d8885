import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishedSecrets } from './published-secrets.ts';
import { secretWeakness } from './secret-weakness.ts';
import { weaknessOf } from './weakness.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const pick = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

describe('weaknessOf', () => {
  it.each(publishedSecrets.map((secret) => [secret]))('knows the published %j', (secret) => {
    expect(weaknessOf(secret)).toBeDefined();
    expect(weaknessOf(` ${secret.toUpperCase()}\n`)).toBeDefined();
  });

  it.each([
    ...[
      'changeme',
      'CHANGE_ME',
      'change-this-to-something-random',
      'changeit',
      'please-change-me-in-production!',
    ],
    ...['your-secret-key-here', 'YOUR_API_KEY', 'replace-me-with-a-long-random-string', '<your-token>'],
    ...['django-insecure-4k#v!c0x_s7r5ne*v2$8yq@o1h', 'thisisasecretkeyforjwt', 'my-app-session-secret-2024'],
    ...[
      'super_secret_password',
      'development-only-signing-value',
      'Password123456',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    ...[
      'a'.repeat(64),
      '0'.repeat(32),
      'abc'.repeat(12),
      '1234567890'.repeat(4),
      'deadbeef'.repeat(8),
      '\0'.repeat(32),
    ],
    ...['0123456789abcdef0123456789abcdef', 'abcdefghijklmnopqrstuvwxyz012345', 'zyxwvutsrqponmlkjihgfedcba'],
    ...['qwertyuiopasdfghjklzxcvbnm', '12345678901234567890123456789012', '1q2w'.repeat(8)],
    ...['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', `${'ab'.repeat(15)}ba`, 'aaaabbbbaaaabbbbbbbbaaaaaaaabbbb'],
    // Templates and commands that nobody ran.
    ...['{{ secret }}', '{{ .Values.db.password }}', `\${DB_PASSWORD}`, '$(openssl rand -hex 32)'],
    // What public repositories write into their .env files.
    ...['your_jwt_super_secret_key_here', 'any_secret_here', 'your-app-keys-here', '<random session secret>'],
    ...['your_cloudinary_cloud_name', 'taskboard_secret', 'Any random string', '<generate-me>'],
    ...['8f9a7b6c5d4e3f2a1b0c9d8e7f6a5b4c', 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6', 'a1b2c3d4e5f6g7h8i9j0'],
  ])('finds %j', (secret) => {
    expect(weaknessOf(secret)).toBeDefined();
  });

  it.each([
    ...['correct horse battery staple', 'Tr0ub4dor&3-x9Q', 'glacier-anvil-tulip-mosaic-ferret'],
    // Two halves that are alike, but long enough to be a secret each.
    'b6V0rj7nqYwE5tq0'.repeat(2),
    // Brackets at both ends by chance.
    ...['<hY-Kx!a%h"UkZ!>', '[k9#Vq2!xW7m]', '$(k9#Vq2!xW7m', '{{k9Vq2xW7m}'],
    // Issued tokens that contain an ordinary word.
    ...['whsec_8fK2mQ0xZr5vN7pL3tYw', 'AIzaSyB4nP0q7RtXv2Wm9KdL1cFh6JgEu8ZsTo3', 'secret_Xk29fLq0vBz7Rt5'],
    ...['test_9f8e7d6c5b4a39281706f5e4', 'xoxb-123456-abcDEF789ghi'],
  ])('has nothing against %j', (secret) => {
    expect(weaknessOf(secret)).toBeUndefined();
  });

  it('accepts random values in any form', () => {
    for (let round = 0; round < 1000; round++) {
      const values = [
        ...[randomBytes(16), randomBytes(32), randomBytes(64)].flatMap((bytes) => [
          bytes.toString('hex'),
          bytes.toString('base64'),
          bytes.toString('base64url'),
          bytes.toString('latin1'),
        ]),
        ...[
          randomUUID(),
          pick(letters, 12),
          pick(letters, 16),
          pick(letters.slice(26, 52), 20),
          pick('0123456789', 20),
        ],
      ];
      for (const value of values) expect(weaknessOf(value), JSON.stringify(value)).toBeUndefined();
    }
  });

  it('accepts issued tokens with any prefix', () => {
    const mixed = letters.slice(0, 52);
    for (let round = 0; round < 2000; round++) {
      for (const token of [
        `secret_${pick(letters, 43)}`,
        `sk_test_${pick(letters, 24)}`,
        `ghp_${pick(letters, 36)}`,
      ]) {
        expect(weaknessOf(token), token).toBeUndefined();
      }
      expect(weaknessOf(`glpat-${pick(mixed, 40)}`)).toBeUndefined();
    }
    // No digit, by chance, in 0.05 % of those that are alphanumeric.
    expect(weaknessOf('secret_QZWxEcRVTbYNUmIKOlPASdFgHJKLqwZXCvbnMasDFghj')).toBeUndefined();
    expect(weaknessOf('MyAPISecretKeyForTheShop')).toBeDefined();
  });

  it('never reveals a part of the secret, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (secret) => {
        const reason = weaknessOf(secret) ?? '';
        expect(secret.length > 6 && reason.includes(secret)).toBe(false);
      }),
    );
  });

  it('looks at a long value no longer than at a short one', () => {
    const long = ['a'.repeat(5_000_000), '-'.repeat(5_000_000), `${'ab'.repeat(2_500_000)}c`];
    for (const secret of long) expect(weaknessOf(secret)).toBe('repeats a few characters');
  });
});

describe('secretWeakness', () => {
  it('asks for 8 characters, unless a schema decides', () => {
    expect(secretWeakness('b6V0rj7', false)).toBe('has fewer than 8 characters');
    expect(secretWeakness('b6V0rj7', true)).toBeUndefined();
    expect(secretWeakness('b6V0rj7n', false)).toBeUndefined();
    expect(secretWeakness('changeme', true)).toContain('placeholder');
  });

  it('accepts what charts and services generate', () => {
    for (let round = 0; round < 1000; round++) {
      for (const value of [pick(letters, 10), pick(letters, 12), randomBytes(8).toString('hex')]) {
        expect(secretWeakness(value, false), value).toBeUndefined();
        expect(secretWeakness(`postgres://app:${value}@db/shop`, false), value).toBeUndefined();
      }
    }
  });

  it('judges the password of a URL, decoded', () => {
    const weak = [
      'amqp://guest:guest@mq',
      'mysql://root:%63hangeme-please@db/x',
      'redis://:aaaaaaaaaaaa@h',
      'xy://b:c:d@e@f',
    ];
    for (const url of weak) expect(secretWeakness(url, false), url).toContain('has a password');
    const fine = [
      'https://hooks.example.com/T0/changeme',
      'amqp://guest@mq',
      'amqp://guest:@mq',
      'x://u:b6V0rj%7nqYwE5@h',
    ];
    for (const url of fine) expect(secretWeakness(url, false), url).toBeUndefined();
  });

  it('judges what a Secret printed, and no records of other services', () => {
    for (const text of ['[redacted]', '[object Object]', '{{ secret }}']) {
      expect(secretWeakness(text, false), text).toBeDefined();
    }
    const records = [
      '{"client_secret":"example"}',
      '["secret"]',
      '[default]\nsecret = example',
      '{\n  key: secret,\n}',
    ];
    for (const text of records) expect(secretWeakness(text, false), text).toBeUndefined();
  });
});
