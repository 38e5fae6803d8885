import { createHash } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { describe, expect, it } from 'vitest';
import { toBase64 } from './format/base64.ts';
import { passwords } from './index.ts';

const password = 'correct h\u00f6rse battery';
const ours = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** Written by Django 4.2.30 and Werkzeug 3.1.3 for this password. */
const written = {
  'PBKDF2 with SHA-256 of Django':
    'pbkdf2_sha256$20000$seasaltseasalt22$A87p5njIFk4itgjIziyULE9lP8h1HK7XZXl4uV+9RXY=',
  'PBKDF2 with SHA-1 of Django': 'pbkdf2_sha1$20000$seasaltseasalt22$8L/qkpYtiV25yREHqEKnip0DfaI=',
  'scrypt of Django':
    'scrypt$16384$seasaltseasalt22$8$1$wivdhDqAG7IiGHONhSxm4eTC2xipnOYU/C0/8JEWPKfcp6zgsDGjgF9lhqhzLjhys4sUwnCavKmwPgJsETdbCw==',
  'PBKDF2 with SHA-256 of Werkzeug':
    'pbkdf2:sha256:20000$9fvTYu4j1megZW7H$127eeab9eef467f421190332a5e41981cc85720c9a37108732275f8ad7c34403',
  'PBKDF2 with SHA-1 of Werkzeug':
    'pbkdf2:sha1:20000$C8ihNBIOzz0EDe6p$c23235f726382c8f9826bc4395d77f0ef7926116',
  'PBKDF2 with SHA-512 of Werkzeug':
    'pbkdf2:sha512:20000$iEOZvtNPlESoJh6R$16f691d90d97d4120b52520b9081a38eee72e8abd171bba614c9bc46b86fcbaa1ca8e4085d5a3da970deb7eddc513f985a2bd5d416cd196cf9444f847cc7431f',
  'scrypt of Werkzeug':
    'scrypt:32768:8:1$t85AvrMwM31E951Q$4e790be82fcd8032505313cea44eaa962c9d9ea0be2baed5e24bd3f8159fd57bd7355573d3944bde97b837c44c1adf8cf7d1c9633c386825e7cfda192216a7ae',
};

const guard = passwords();

async function upgrades(stored: string): Promise<void> {
  expect(await guard.verify('correct horse battery', stored)).toEqual({ ok: false });
  const { ok, newHash } = await guard.verify(password, stored);
  expect(ok).toBe(true);
  expect(newHash).toMatch(ours);
  expect(await guard.verify(password, newHash)).toEqual({ ok: true });
}

describe('verify accepts and replaces', () => {
  it.each(Object.entries(written))('%s', (_, stored) => upgrades(stored));

  it.each(['2a', '2b', '2y'] as const)('bcrypt as $%s$', async (version) => {
    await upgrades(await bcrypt(password, { cost: 4, version }));
  });

  it('bcrypt and bcrypt_sha256 of Django', async () => {
    await upgrades(`bcrypt$${await bcrypt(password, { cost: 4 })}`);
    const digest = createHash('sha256').update(password).digest('hex');
    await upgrades(`bcrypt_sha256$${await bcrypt(digest, { cost: 4 })}`);
  });

  it.each([
    { variant: 'argon2id', algorithm: 2, memory: 8_192 },
    { variant: 'argon2i', algorithm: 1, memory: 65_536 },
    { variant: 'argon2d', algorithm: 0, memory: 65_536 },
  ])('$variant of PHP, Python and Django', async ({ variant, algorithm, memory }) => {
    const salt = Buffer.from('sixteen bytes ok');
    const cost = { memoryCost: memory, timeCost: 2, parallelism: 2, algorithm, version: 1 };
    const digest = await hashRaw(password, { ...cost, salt, outputLen: 32 });
    const phc = `$${variant}$v=19$m=${memory},t=2,p=2$${toBase64(salt)}$${toBase64(digest)}`;
    await upgrades(phc);
    await upgrades(`argon2${phc}`);
  });

  it('argon2 of version 16, which wrote no version', async () => {
    const salt = Buffer.from('sixteen bytes ok');
    const cost = { memoryCost: 8_192, timeCost: 2, parallelism: 1, algorithm: 1, version: 0 };
    const digest = await hashRaw(password, { ...cost, salt, outputLen: 32 });
    await upgrades(`$argon2i$m=8192,t=2,p=1$${toBase64(salt)}$${toBase64(digest)}`);
  });
});

it('verify keeps an argon2id hash that costs more than its own', async () => {
  const costly = await passwords({ memoryKiB: 32_768, passes: 3 }).hash(password);
  expect(await guard.verify(password, costly)).toEqual({ ok: true });
  expect((await passwords({ passes: 4 }).verify(password, costly)).newHash).toMatch(/m=19456,t=4/);
});

it('a Django user without a password stays without one', async () => {
  expect(await guard.verify(password, '!JSno52UKtpxj5QrcW868qiw6fOQP9lto6KBIE2x0')).toEqual({ ok: false });
});
