import { verify } from '@node-rs/argon2';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { type PasswordsOptions, passwords } from './index.ts';

const password = 'correct horse battery staple';
const polluted = Object.prototype as unknown as Record<string, unknown>;
afterEach(() => {
  for (const name of [
    'allowMinLength',
    'allowTruncatedBcrypt',
    'secret',
    'associatedData',
    'cost',
    'N',
    'r',
  ]) {
    delete polluted[name];
  }
});

describe('passwords', () => {
  const guard = passwords();

  it('writes what other programs read', async () => {
    const stored = await guard.hash(password);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verify(stored, password)).toBe(true);
    expect(await guard.hash(password)).not.toBe(stored);
  });

  it('answers no for an unknown user, and for a user without a password', async () => {
    for (const stored of [undefined, null, '', '!']) {
      expect(await guard.verify(password, stored)).toEqual({ ok: false });
    }
  });

  it('takes more cost than the default', async () => {
    expect(await passwords({ memoryKiB: 20_000, passes: 3 }).hash(password)).toMatch(/m=20000,t=3,p=1/);
  });

  it('stops for a client that has gone', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(guard.verify(password, undefined, { signal })).rejects.toThrow('gone');
    await expect(guard.hash(password, { signal })).rejects.toThrow('gone');
  });

  it('refuses a flood at once, and serves it later', async () => {
    const small = passwords({ maxConcurrent: 1, maxWaiting: 2 });
    const stored = await small.hash(password);
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, () => small.verify(password, stored)),
    );
    const refused = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused).toHaveLength(47);
    expect(refused[0]?.reason).toMatchObject({ code: 'password/busy', status: 503 });
    expect(await small.verify(password, stored)).toEqual({ ok: true });
  });
});

it('a polluted prototype changes no hash', async () => {
  const guard = passwords();
  const hex = '0'.repeat(128);
  const stored = await guard.hash(password);
  for (const name of ['secret', 'associatedData']) polluted[name] = Buffer.from('known to the attacker');
  for (const name of ['cost', 'N', 'r']) polluted[name] = 2;
  expect(await guard.verify(password, stored)).toEqual({ ok: true });
  const made = await guard.hash(password);
  expect(await guard.verify(password, `scrypt:1024:8:1$salt$${hex}`)).toEqual({ ok: false });
  for (const name of ['secret', 'associatedData', 'cost', 'N', 'r']) delete polluted[name];
  expect(await verify(made, password)).toBe(true);
});

describe('options', () => {
  it.each<PasswordsOptions>([
    { minLength: 14 },
    { minLength: 65 },
    { allowMinLength: 7 },
    { allowMinLength: 16 },
    { minLength: 20, allowMinLength: 8 },
    { memoryKiB: 19_455 },
    { memoryKiB: 2 ** 30 },
    { passes: 1 },
    { passes: 2.5 },
    { maxConcurrent: 0 },
    { maxWaiting: Number.POSITIVE_INFINITY },
    { maxWaitMs: 0 },
    { keys: {} as never },
    { legacy: ['bcrypt'] },
    { legacy: ['$2b$31$'] },
    { legacy: [] },
    { legacy: '$2b$12$' as never },
    { site: [1] as never },
    { allowTruncatedBcrypt: 'yes' as never },
    { minlength: 15 } as never,
  ])('%o is a mistake', (options) => {
    expect(() => passwords(options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('accepts the beginning of every format in legacy', () => {
    const legacy = [
      ...['$2b$12$', '$2a$10$', 'bcrypt$$2b$12$', 'bcrypt_sha256$$2b$12$', 'pbkdf2_sha256$600000$'],
      ...['pbkdf2_sha1$260000$', 'pbkdf2:sha256:260000$', 'pbkdf2:sha1:1000$', 'pbkdf2:sha512:210000$'],
      ...['scrypt:32768:8:1$', 'scrypt$16384$', '$scrypt$ln=15,r=8,p=1$', '$argon2i$v=19$m=65536,t=3,p=4$'],
      'argon2$argon2id$v=19$m=102400,t=2,p=8$',
    ];
    expect(() => passwords({ legacy })).not.toThrow();
  });

  it('are its own, not those of a polluted prototype', () => {
    polluted['allowMinLength'] = 8;
    polluted['allowTruncatedBcrypt'] = true;
    expect(passwords({}).check('kX9$vQ2p').allow).toBe(false);
  });

  it('of a call are checked too', async () => {
    await expect(passwords().verify('a', undefined, { signal: {} as never })).rejects.toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

it('reports a format that was not declared', async () => {
  const events: SecurityEvent[] = [];
  const recorder = configureEvents({
    sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
  });
  const hex = '0'.repeat(64);
  await passwords({ legacy: ['pbkdf2:sha256:1000$'] }).verify('a', `pbkdf2:sha256:1000$salt$${hex}`);
  await recorder.flush();
  expect(events.filter(({ code }) => code === 'password/undeclared-format')).toEqual([]);
  const guard = passwords();
  for (let i = 0; i < 3; i++) await guard.verify('a', `pbkdf2:sha256:1000$salt$${hex}`);
  await recorder.flush();
  expect(events.filter(({ code }) => code === 'password/undeclared-format')).toMatchObject([
    { count: 1, evidence: { format: 'pbkdf2-sha256 1000 iterations' } },
  ]);
  configureEvents({ sinks: [] });
});
