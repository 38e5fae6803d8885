import { createHmac, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { sealData } from 'iron-session';
import { describe, expect, it } from 'vitest';
import { isFault } from './old-cookie.ts';
import { readIronSeal } from './read-iron-seal.ts';
import { readSessionId } from './read-session-id.ts';
import { readSignedJson } from './read-signed-json.ts';

const secret = 'Yk3wq8Zr1uVx5tBn7mLp2sDf4gHj6aQe';
const former = 'former-P0oI9uY8tR7eW6qA5sD4fG3hJ2';
const secrets = [former, secret];
/** As cookie-signature does it. */
const sign = (value: string, key: string): string =>
  `${value}.${createHmac('sha256', key).update(value).digest('base64').replace(/=+$/, '')}`;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a cookie of express-session', () => {
  const id = 'aB3-_xY9';
  const hmac = (algorithm: string, key = secret, of = id): string =>
    createHmac(algorithm, key).update(of).digest('base64').replace(/=+$/, '');
  const signed = `s:${sign(id, secret)}`;

  it.each([signed, encodeURIComponent(signed), `s:${id}.${hmac('sha256', former)}`])(
    'is read: %s',
    (value) => {
      expect(readSessionId(value, secrets)).toMatchObject({ id, hash: expect.stringMatching(/^[\w-]{43}$/) });
    },
  );

  it('may have an id with dots, or of another alphabet', () => {
    for (const other of ['a.b.c', '{6f-0c}', '\u00e9', 'x'.repeat(256)]) {
      const value = encodeURIComponent(`s:${sign(other, secret)}`);
      expect(readSessionId(value, secrets)).toMatchObject({ id: other });
    }
  });

  it.each([
    ['unsigned', id],
    ['unsigned, with the prefix', `s:${id}`],
    ['an empty signature', `s:${id}.`],
    ['signed by SHA-1', `s:${id}.${hmac('sha1')}`],
    ['signed by SHA-512', `s:${id}.${hmac('sha512')}`],
    ['a signature in base64url', `s:${id}.${hmac('sha256').replaceAll('+', '-').replaceAll('/', '_')}=`],
    ['a signature of another id', `s:other.${hmac('sha256')}`],
    ['a signature by another secret', `s:${id}.${hmac('sha256', 'mallory')}`],
    ['a signature by an empty secret', `s:${id}.${hmac('sha256', '')}`],
    ['encoded twice', encodeURIComponent(encodeURIComponent(signed))],
    ['another prefix', `j:${sign(id, secret)}`],
    ['more after it', `${signed}A`],
    ['a line more', `${signed}\n`],
    ['no id', `s:.${hmac('sha256', secret, '')}`],
    ['an endless id', `s:${sign('x'.repeat(257), secret)}`],
  ])('is refused: %s', (_, value) => {
    expect(isFault(readSessionId(value, secrets)) ? 'refused' : value).toBe('refused');
  });
});

describe('a cookie of cookie-session', () => {
  const value = base64({ userId: 'ann' });
  const keygrip = (data: string, key = secret, algorithm = 'sha1'): string =>
    createHmac(algorithm, key).update(data).digest('base64url');
  const signature = keygrip(`session=${value}`);

  it('is read, with the keys of old and new', () => {
    for (const key of secrets) {
      const read = readSignedJson('session', value, keygrip(`session=${value}`, key), secrets);
      expect(read).toMatchObject({ content: { userId: 'ann' } });
    }
  });

  it.each([
    ['no signature', 'session', value, undefined],
    ['an empty signature', 'session', value, ''],
    ['a signature of another value', 'session', base64({ userId: 'admin' }), signature],
    ['a signature of another cookie', 'flash', value, signature],
    ['a signature of a longer name', 'session', value, keygrip(`my-session=${value}`)],
    ['a signature by SHA-256', 'session', value, keygrip(`session=${value}`, secret, 'sha256')],
    ['a signature by another key', 'session', value, keygrip(`session=${value}`, 'mallory')],
    ['its own value as the signature', 'session', signature, signature],
  ])('is refused: %s', (_, name, given, by) => {
    expect(isFault(readSignedJson(name, given, by, secrets)) ? 'refused' : given).toBe('refused');
  });

  it.each([
    ['no JSON', Buffer.from('{"userId":').toString('base64')],
    ['a list', base64(['ann'])],
    ['a text', base64('ann')],
    ['null', base64(null)],
    ['nothing', ''],
    ['nested deeper than a session may be', base64({ a: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) })],
    [
      'nested too deep to walk',
      Buffer.from(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`).toString('base64'),
    ],
  ])('is refused although its signature is right: %s', (_, given) => {
    expect(readSignedJson('session', given, keygrip(`session=${given}`), secrets)).toBe('malformed');
  });

  it('brings no __proto__ along', () => {
    const given = Buffer.from(
      '{"userId":"ann","__proto__":{"isAdmin":true},"a":[{"__proto__":{"b":1}}]}',
    ).toString('base64');
    const read = readSignedJson('session', given, keygrip(`session=${given}`), secrets);
    if (isFault(read)) throw new Error(read);
    expect(JSON.stringify(read.content)).toBe('{"userId":"ann","a":[{}]}');
    expect(Object.assign({}, read.content)).not.toHaveProperty('isAdmin');
  });
});

describe('a cookie of iron-session', () => {
  const now = Date.now();
  const made = (data: unknown, ttl?: number): Promise<string> =>
    sealData(data, { password: { 1: former, 2: secret }, ...(ttl !== undefined && { ttl }) });

  it('is read, percent-encoded or not, with any of the passwords', async () => {
    const sealed = await made({ userId: 'ann' });
    const twoWeeks = now + 14 * 86_400_000;
    for (const value of [sealed, encodeURIComponent(sealed)]) {
      const read = readIronSeal(value, secrets, now);
      if (isFault(read)) throw new Error(read);
      expect(read.content).toEqual({ userId: 'ann' });
      expect(Math.abs((read.expiresAt ?? 0) - twoWeeks)).toBeLessThan(10_000);
    }
    const older = await sealData({ userId: 'bob' }, { password: former });
    expect(readIronSeal(older, secrets, now)).toMatchObject({ content: { userId: 'bob' } });
  });

  it('may have no expiry', async () => {
    expect(readIronSeal(await made({ a: 1 }, 0), secrets, now)).toMatchObject({
      content: { a: 1 },
      expiresAt: undefined,
    });
  });

  it('has one hash, however the part that is not signed is written', async () => {
    const sealed = await made({ userId: 'ann' });
    const hashOf = (value: string): string => {
      const read = readIronSeal(value, secrets, now);
      return isFault(read) ? read : read.hash;
    };
    expect(hashOf(sealed)).toBe(hashOf(encodeURIComponent(sealed)));
    expect(hashOf(sealed.replaceAll('*', '%2a').replace('~', '%7e'))).toBe(hashOf(sealed));
    expect(hashOf(await made({ userId: 'ann' }))).not.toBe(hashOf(sealed));
    for (const suffix of ['~2~2', '~2 ', '~02', '~2.0', '~1', '~3', '', '~']) {
      expect(hashOf(sealed.replace(/~2$/, suffix)), suffix).toBe('malformed');
    }
  });

  it('is refused from its expiry on', async () => {
    const sealed = await made({ userId: 'ann' }, 10);
    expect(isFault(readIronSeal(sealed, secrets, now + 8_000))).toBe(false);
    expect(readIronSeal(sealed, secrets, now + 20_000)).toBe('expired');
  });

  it('is refused with any part changed, left out or taken from another seal', async () => {
    const one = (await made({ userId: 'ann' })).split('*');
    const other = (await made({ userId: 'admin' })).split('*');
    expect(readIronSeal(other.join('*'), secrets, now)).toHaveProperty('content');
    for (let part = 0; part < one.length; part++) {
      const swapped = one.map((text, index) => (index === part ? (other[part] as string) : text)).join('*');
      if (swapped !== one.join('*')) expect(isFault(readIronSeal(swapped, secrets, now)), swapped).toBe(true);
      const without = one.filter((_, index) => index !== part).join('*');
      expect(readIronSeal(without, secrets, now)).toBe('malformed');
      const empty = one.map((text, index) => (index === part ? '' : text)).join('*');
      expect(isFault(readIronSeal(empty, secrets, now))).toBe(true);
    }
    const later = one.map((text, index) => (index === 5 ? String(now + 8e12) : text)).join('*');
    expect(readIronSeal(later, secrets, now)).toBe('not-authentic');
    const never = one.map((text, index) => (index === 5 ? '' : text)).join('*');
    expect(readIronSeal(never, secrets, now)).toBe('not-authentic');
  });

  it.each([
    ['Fe26.1', 'sha256', 'Fe26.1'],
    ['the version Fe26.2 by SHA-1', 'sha1', 'Fe26.2'],
  ])('is refused with another version or algorithm: %s', async (_, algorithm, prefix) => {
    const [, ...rest] = (await made({ userId: 'ann' })).replace(/~2$/, '').split('*');
    const base = [prefix, ...rest.slice(0, 5)].join('*');
    const key = pbkdf2Sync(secret, rest[5] ?? '', 1, 32, 'sha1');
    const mac = createHmac(algorithm, key).update(base).digest('base64url');
    const forged = `${base}*${rest[5]}*${mac}~2`;
    expect(isFault(readIronSeal(forged, secrets, now))).toBe(true);
    // The same, as it should be, is accepted.
    const right = ['Fe26.2', ...rest.slice(0, 5)].join('*');
    const rightMac = createHmac('sha256', key).update(right).digest('base64url');
    expect(isFault(readIronSeal(`${right}*${rest[5]}*${rightMac}~2`, secrets, now))).toBe(false);
  });

  it.each(['ann', ['ann'], null, 1])(
    'is refused although it is authentic, when it holds %j',
    async (data) => {
      expect(isFault(readIronSeal(await made(data), secrets, now))).toBe(true);
    },
  );
});

it('throws for nothing that a browser can send', () => {
  const shapes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.stringMatching(/^s:[^.]*\.[A-Za-z\d+/]{43}$/),
    fc.stringMatching(
      /^Fe26\.2\*\d?\*[\da-f]{64}\*[\w-]{22}\*[\w-]{22,60}\*\d{0,16}\*[\da-f]{64}\*[\w-]{43}~2$/,
    ),
    fc.stringMatching(/^(?:%[\da-f]{2}){1,40}$/),
  );
  fc.assert(
    fc.property(shapes, fc.option(shapes, { nil: undefined }), (value, signature) => {
      expect(isFault(readSessionId(value, secrets))).toBe(true);
      expect(isFault(readIronSeal(value, secrets, 0))).toBe(true);
      expect(isFault(readSignedJson('session', value, signature, secrets))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('takes no time that grows faster than the cookie', () => {
  // What could make a pattern go back and forth. It fails by the time-out of the suite.
  for (const value of [
    `s:${'.'.repeat(60_000)}`,
    `s:${'a.'.repeat(30_000)}`,
    `Fe26.2*${'a'.repeat(60_000)}`,
    `Fe26.2*${'1*'.repeat(30_000)}`,
    '%'.repeat(60_000),
    '%41'.repeat(20_000),
  ]) {
    expect(isFault(readSessionId(value, secrets))).toBe(true);
    expect(isFault(readIronSeal(value, secrets, 0))).toBe(true);
  }
});
