import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { Misuse } from '../refusal/misuse.ts';
import { keyring } from './keyring.ts';
import { Secret } from './secret.ts';
import { secrets } from './secrets.ts';
import type { SecretsOptions } from './secrets-options.ts';
import type { WantedSecret } from './wanted-secret.ts';

const good = 'b6V0rj7nqYwE5tq0';
const key = 't0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi';
const formerKey = 'X4mTz7QpRk1LsVw8NjYc3BhGd6FaUe0o';

let folder: string;
let mounted: string;
let events: SecurityEvent[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-secrets-'));
  mounted = join(folder, 'mounted');
  mkdirSync(mounted);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  events = [];
  recorder = configureEvents({
    sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
  });
});
let recorder: ReturnType<typeof configureEvents>;
afterEach(() => vi.unstubAllEnvs());

function file(content: string | Uint8Array, mode = 0o400): string {
  const path = join(folder, randomBytes(8).toString('hex'));
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const load = (env: Record<string, string>, wanted: WantedSecret = 'secret', more: SecretsOptions = {}) =>
  secrets({ TOKEN: wanted }, { env, folder: false, ...more });

/** What the error says of the secrets. No value of the environment or of a file is in it. */
async function problems(
  env: Record<string, string>,
  wanted: WantedSecret = 'secret',
  more: SecretsOptions = {},
  hidden: readonly string[] = Object.values(env),
): Promise<string> {
  const error = await load(env, wanted, more).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return 'accepted';
  if (!(error instanceof Misuse)) throw error;
  expect(error.code).toBe('secrets/invalid');
  const shown = inspect(error, { showHidden: true, depth: 9 });
  for (const value of hidden.filter((one) => one.length > 5)) expect(shown).not.toContain(value);
  return error.message;
}

describe('secrets', () => {
  it('loads from the environment, and gives Secrets and keyrings', async () => {
    const env = { TOKEN: good, APP_KEY: key, DATABASE_URL: `postgres://app:${good}@db/shop` };
    const loaded = await secrets(
      { TOKEN: 'secret', APP_KEY: 'key', DATABASE_URL: z.url(), OTHER: { optional: true } },
      { env, folder: false },
    );
    expect(loaded.TOKEN.reveal()).toBe(good);
    expect(loaded.DATABASE_URL.reveal()).toBe(env.DATABASE_URL);
    expect(loaded.APP_KEY.current('csrf')).toEqual(keyring(key).current('csrf'));
    expect(loaded.OTHER).toBeUndefined();
    expect(Object.isFrozen(loaded)).toBe(true);
    expect(inspect(loaded, { showHidden: true, depth: 9 })).not.toContain(good);
    expect(env.TOKEN).toBe(good);
  });

  it('reads process.env unless told otherwise', async () => {
    vi.stubEnv('BULWARK_TEST_TOKEN', good);
    const { BULWARK_TEST_TOKEN } = await secrets({ BULWARK_TEST_TOKEN: 'secret' });
    expect(BULWARK_TEST_TOKEN.reveal()).toBe(good);
  });

  it('is secrets/invalid once, for every secret that is missing or invalid', async () => {
    const wanted = {
      A: 'secret',
      B: 'key',
      C: z.url(),
      D: v.pipe(v.string(), v.minLength(40)),
      E: 'secret',
    } as const;
    const env = { B: 'short-and-hidden', C: 'hidden-no-url', D: 'hidden-too-short', E: good };
    const error = await secrets(wanted, { env, folder: false }).catch((thrown: unknown) => thrown as Misuse);
    expect(error).toMatchObject({ name: 'Misuse', code: 'secrets/invalid' });
    const lines = (error as Misuse).message.split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(['A', 'B', 'C', 'D']);
    expect((error as Misuse).message).not.toContain('hidden');
  });

  it('takes exactly one place: two are ambiguous', async () => {
    writeFileSync(join(mounted, 'TOKEN'), good, { mode: 0o400 });
    const there = file(good);
    expect(await problems({ TOKEN: good, TOKEN_FILE: there })).toContain('is set more than once');
    expect(await problems({ TOKEN: good }, 'secret', { folder: mounted })).toContain('is set more than once');
    expect(await problems({ TOKEN_FILE: there }, 'secret', { folder: mounted })).toContain(
      'is set more than once',
    );
    expect(await problems({}, 'secret', { folder: mounted })).toBe('accepted');
    // Compose makes an empty variable of a missing one.
    expect(await problems({ TOKEN: '', TOKEN_FILE: there })).toBe('accepted');
    expect(await problems({ TOKEN: '' })).toContain('is missing');
  });

  it('finds a mounted secret in lower case, as Docker names them', async () => {
    writeFileSync(join(mounted, 'smtp_password'), `${good}\n`, { mode: 0o400 });
    const { SMTP_PASSWORD } = await secrets({ SMTP_PASSWORD: 'secret' }, { env: {}, folder: `${mounted}/` });
    expect(SMTP_PASSWORD.reveal()).toBe(good);
  });

  it('reads own variables only', async () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    Object.assign(prototype, {
      TOKEN: good,
      BULWARK_TEST_TOKEN: good,
      TOKEN_FILE: file(good),
      optional: true,
      allowWeak: true,
    });
    try {
      expect(await problems({})).toContain('is missing');
      await expect(secrets({ BULWARK_TEST_TOKEN: 'secret' })).rejects.toThrow(
        'BULWARK_TEST_TOKEN is missing',
      );
      expect(await problems({ TOKEN: 'changeme' }, {})).toContain('placeholder');
    } finally {
      for (const name of ['TOKEN', 'BULWARK_TEST_TOKEN', 'TOKEN_FILE', 'optional', 'allowWeak'])
        delete prototype[name];
    }
    expect(await problems({ TOKEN: good })).toBe('accepted');
    await expect(secrets({ constructor: 'secret' }, { env: {} })).rejects.toThrow('constructor is missing');
  });

  it('tells no value that a getter of the environment throws', async () => {
    const env = {
      get TOKEN(): string {
        throw new Error(good);
      },
    };
    const loading = secrets({ TOKEN: 'secret' }, { env, folder: false });
    await expect(loading).rejects.toThrow('TOKEN could not be read: an error was thrown.');
  });

  it('empties the environment when asked, once all are loaded', async () => {
    const env = { TOKEN: good, APP_KEY: key, APP_KEY_PREVIOUS: formerKey, PATH: '/bin' };
    const wanted = { TOKEN: 'secret', APP_KEY: 'key' } as const;
    const failing = { ...wanted, MISSING: 'secret' } as const;
    await expect(secrets(failing, { env, folder: false, emptyEnv: true })).rejects.toThrow('MISSING');
    expect(env.TOKEN).toBe(good);
    await secrets(wanted, { env, folder: false, emptyEnv: true });
    expect(env).toEqual({ PATH: '/bin' });

    vi.stubEnv('BULWARK_TEST_TOKEN', good);
    const print = 'process.stdout.write(String(process.env.BULWARK_TEST_TOKEN))';
    expect(execFileSync(process.execPath, ['-e', print]).toString()).toBe(good);
    await secrets({ BULWARK_TEST_TOKEN: 'secret' }, { emptyEnv: true });
    expect(execFileSync(process.execPath, ['-e', print]).toString()).toBe('undefined');
    const frozen = Object.freeze({ TOKEN: good });
    await expect(load(frozen, 'secret', { emptyEnv: true })).rejects.toThrow('emptyEnv cannot remove TOKEN');
  });
});

describe('a text', () => {
  it.each([
    ['a line break at its end is dropped', `${good}\n`],
    ['and one of Windows', `${good}\r\n`],
    ['and the carriage return of an .env file', `${good}\r`],
    ['and a byte order mark', `\ufeff${good}`],
  ])('%s', async (_, text) => {
    expect((await load({ TOKEN: text }))['TOKEN']).toHaveProperty('reveal');
    for (const env of [{ TOKEN: text }, { TOKEN_FILE: file(text) }]) {
      const { TOKEN } = await secrets({ TOKEN: 'secret' }, { env, folder: false });
      expect(TOKEN.reveal()).toBe(good);
    }
  });

  it('of several lines is kept, as PEM keys have them', async () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIB\n-----END PRIVATE KEY-----';
    const { TOKEN } = await secrets({ TOKEN: 'secret' }, { env: { TOKEN: `${pem}\n` }, folder: false });
    expect(TOKEN.reveal()).toBe(pem);
  });

  it.each([
    ['white space around it', ` ${good}`, 'white space'],
    ['white space behind it', `${good} \n`, 'white space'],
    ['nothing but line breaks', '\n\n', 'is empty'],
    ['a NUL', `${good}\0`, 'NUL'],
    ['another control character', `${good}\u001b[2J${good}`, 'control characters'],
    ['what was no UTF-8', `${good}\ufffd`, 'not UTF-8'],
    ['very much', 'aB3$'.repeat(20_000), 'more than 65536'],
  ])('with %s is refused', async (_, text, problem) => {
    expect(await problems({ TOKEN: text })).toContain(problem);
  });
});

describe('a file', () => {
  it('of anything else than a short text is refused without being read', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const huge = file('a');
    chmodSync(huge, 0o600);
    truncateSync(huge, 1_000_000_000);
    const cases: readonly (readonly [string, string])[] = [
      [pipe, 'is not a regular file'],
      [folder, 'is not a regular file'],
      ['/dev/zero', 'is not a regular file'],
      ['/proc/self/mem', 'is empty, or no file on a disk'],
      ['/proc/self/environ', 'is empty, or no file on a disk'],
      [huge, 'has more than 65536 bytes'],
      [file(''), 'is empty'],
      [file('\n'), 'is empty'],
      [join(folder, 'nowhere'), 'does not exist'],
      [`${folder}/a\0b`, 'no valid path'],
      [file(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62, 0)), 'is UTF-16'],
      [file(randomBytes(64)), 'is not UTF-8'],
      [file(good, 0o666), 'can be changed by everyone'],
      // Somebody put the secret itself where its path belongs.
      [`${good}${good}`, 'does not exist'],
    ];
    for (const [path, problem] of cases) {
      const message = await problems({ TOKEN_FILE: path }, 'secret', {}, [good, `${good}${good}`]);
      expect(message, path).toContain(problem);
    }
    expect(await problems({ TOKEN_FILE: file(good) })).toBe('accepted');
  });

  it('may be a link, as Kubernetes mounts them, but not to what is no file', async () => {
    const link = join(folder, 'link');
    symlinkSync(file(good), link);
    expect(await problems({ TOKEN_FILE: link })).toBe('accepted');
    const deceiving = join(folder, 'deceiving');
    symlinkSync('/dev/zero', deceiving);
    expect(await problems({ TOKEN_FILE: deceiving })).toContain('is not a regular file');
    const endless = join(folder, 'endless');
    symlinkSync(endless, endless);
    expect(await problems({ TOKEN_FILE: endless })).toContain('ELOOP');
  });

  it('that everyone may read is the event secrets/readable-file', async () => {
    const open = file(good, 0o444);
    expect(await problems({ TOKEN_FILE: open })).toBe('accepted');
    expect(await problems({ TOKEN_FILE: file(good, 0o440) })).toBe('accepted');
    await recorder.close();
    expect(events.map(({ code, evidence }) => [code, evidence])).toEqual([
      ['secrets/readable-file', { name: 'TOKEN', file: open }],
    ]);
  });
});

describe('a key', () => {
  const load = (env: Record<string, string>) => secrets({ APP_KEY: 'key' }, { env, folder: false });
  const ids = [key, formerKey].map((one) => keyring(one).current('a').id);

  it.each([
    ['APP_KEY_PREVIOUS', { APP_KEY: key, APP_KEY_PREVIOUS: formerKey }],
    ['a list', { APP_KEY: `${key},${formerKey}` }],
    ['lines', { APP_KEY: `${key}\n${formerKey}\n` }],
    ['itself among the former ones', { APP_KEY: key, APP_KEY_PREVIOUS: `${key}, ${formerKey}` }],
    ['an empty APP_KEY_PREVIOUS', { APP_KEY: `${key} ${formerKey}`, APP_KEY_PREVIOUS: '' }],
  ])('rotates by %s', async (_, env) => {
    const { APP_KEY } = await load(env);
    expect(APP_KEY.all('a').map(({ id }) => id)).toEqual(ids);
  });

  it('rotates by a file of former keys', async () => {
    const { APP_KEY } = await load({ APP_KEY: key, APP_KEY_PREVIOUS_FILE: file(`${formerKey}\n`) });
    expect(APP_KEY.all('a').map(({ id }) => id)).toEqual(ids);
  });

  it('that is short, missing, or one of too many is refused', async () => {
    await expect(load({ APP_KEY: key.slice(1) })).rejects.toThrow('APP_KEY has 31 bytes; it needs 32');
    await expect(load({ APP_KEY: key, APP_KEY_PREVIOUS: formerKey.slice(1) })).rejects.toThrow(
      'former key (number 1)',
    );
    await expect(load({ APP_KEY_PREVIOUS: formerKey })).rejects.toThrow('APP_KEY is missing');
    await expect(load({ APP_KEY: 'complex_password_at_least_32_characters_long' })).rejects.toThrow(
      'well-known',
    );
    const many = Array.from({ length: 17 }, () => randomBytes(32).toString('base64url')).join();
    await expect(load({ APP_KEY: many })).rejects.toThrow('more than 16 keys');
    await expect(load({ APP_KEY: ',,' })).rejects.toThrow('APP_KEY is empty');
  });
});

describe('a weak value', () => {
  it('is refused in production, and the event secrets/weak-secret elsewhere', async () => {
    expect(await problems({ TOKEN: 'change-me-please' })).toContain('placeholder');
    expect(await problems({ TOKEN: 'change-me-please' }, { allowWeak: true })).toBe('accepted');
    vi.stubEnv('NODE_ENV', 'development');
    expect(await problems({ TOKEN: 'change-me-please' })).toBe('accepted');
    await recorder.close();
    expect(events.map(({ code }) => code)).toEqual(['secrets/weak-secret']);
    expect(JSON.stringify(events)).not.toContain('change-me');
  });

  it('is found in a URL, which is judged by its password alone', async () => {
    expect(await problems({ TOKEN: 'postgres://app:pg@db.example.com/shop' })).toContain('password of fewer');
    expect(await problems({ TOKEN: 'redis://:change%2Dme%2Dplease@cache:6379' }, z.string())).toContain(
      'placeholder',
    );
    for (const fine of [
      `postgres://app:${good}@secret-example.com/changeme`,
      'postgres://app@localhost/test',
      'https://x.example/y',
    ]) {
      expect(await problems({ TOKEN: fine })).toBe('accepted');
    }
  });

  it('is not seen in a private key or in JSON, whose words are not the secret', async () => {
    const json = '{"type":"service_account","secretKey":"changeme"}';
    expect(await problems({ TOKEN: json })).toBe('accepted');
  });
});

describe('a schema', () => {
  it('decides about the length, and may transform the text', async () => {
    expect(await problems({ TOKEN: '48213' }, z.string().regex(/^\d{5}$/))).toBe('accepted');
    const { TOKEN } = await secrets(
      { TOKEN: z.string().toUpperCase() },
      { env: { TOKEN: good }, folder: false },
    );
    expect(TOKEN.reveal()).toBe(good.toUpperCase());
    expect(await problems({ TOKEN: good }, v.pipe(v.string(), v.startsWith('b6')))).toBe('accepted');
  });

  it('says what is wrong, but never with a part of the value', async () => {
    expect(await problems({ TOKEN: good }, z.string().startsWith('sk_'))).toContain(
      'does not match its schema (',
    );
    const quoting = v.pipe(
      v.string(),
      v.url((issue) => `got ${issue.received}`),
    );
    expect(await problems({ TOKEN: good }, quoting)).toMatch(/does not match its schema\.$/);
    const parts = z
      .string()
      .refine(() => false, { error: (issue) => `begins ${String(issue.input).slice(0, 5)}` });
    expect(await problems({ TOKEN: good }, parts, {}, [good.slice(0, 5)])).toMatch(/schema\.$/);
  });

  it.each([
    [() => undefined],
    [() => null],
    [() => ({})],
    [() => ({ issues: null })],
    [() => ({ issues: [null] })],
    [() => ({ issues: 'x' })],
    [() => ({ issues: [{ message: { toString: () => good } }] })],
    [() => ({ value: good, issues: [] })],
  ])('that does not keep to the standard is refused: %s', async (validate) => {
    const schema = { '~standard': { version: 1, vendor: 'x', validate } } as never;
    expect(await problems({ TOKEN: good }, { schema })).toMatch(/schema/);
  });

  it('that throws, waits or gives no text is refused', async () => {
    const failing = z.string().refine(() => {
      throw new Error(good);
    });
    expect(await problems({ TOKEN: good }, failing)).toContain('its schema threw an error');
    expect(await problems({ TOKEN: '12345678901' }, z.coerce.number() as never)).toContain(
      'no longer a string',
    );
    expect(
      await problems(
        { TOKEN: good },
        z.string().refine(async (text) => text === good),
      ),
    ).toBe('accepted');
    const waiting = z.string().refine(() => new Promise<boolean>(() => {}));
    expect(await problems({ TOKEN: good }, waiting, { timeoutMs: 20 })).toContain('within 20 ms');
  });
});

describe('a function', () => {
  const from = (lookup: SecretsOptions['from']) =>
    secrets({ TOKEN: 'secret', APP_KEY: 'key' }, { from: lookup as NonNullable<typeof lookup> });

  it('is asked for each name, and for former keys', async () => {
    const asked: string[] = [];
    const vault: Record<string, string | string[]> = { TOKEN: `${good}\n`, APP_KEY: [key, formerKey] };
    const loaded = await from(async (name, signal) => {
      expect(signal.aborted).toBe(false);
      asked.push(name);
      return vault[name];
    });
    expect(asked.sort()).toEqual(['APP_KEY', 'APP_KEY_PREVIOUS', 'TOKEN']);
    expect(loaded.TOKEN.reveal()).toBe(good);
    expect(loaded.APP_KEY.all('a')).toHaveLength(2);
  });

  it('replaces the environment, and is not mixed with it', async () => {
    vi.stubEnv('TOKEN', good);
    await expect(secrets({ TOKEN: 'secret' }, { from: () => undefined })).rejects.toThrow('TOKEN is missing');
    const both = { from: () => good, env: {} };
    await expect(secrets({ TOKEN: 'secret' }, both)).rejects.toThrow('Give from, or env and folder.');
  });

  it('that fails is told by the kind of its error only', async () => {
    const failure = Object.assign(new RangeError(`token ${good}`), {
      code: 'ECONNREFUSED',
      headers: { x: good },
    });
    const error = await from(() => Promise.reject(failure)).catch((thrown: unknown) => thrown);
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(good);
    expect((error as Misuse).message).toContain(
      'TOKEN could not be looked up: `from` threw RangeError (ECONNREFUSED)',
    );
    await expect(from(() => 7 as never)).rejects.toThrow('TOKEN is no string');
    await expect(from(() => [good, good])).rejects.toThrow('TOKEN has several values');
    await expect(from(() => Promise.reject('x'))).rejects.toThrow('a value that is no error');
  });

  it('that never answers ends in time, with the names that are missing, and is told by its signal', async () => {
    const signals: AbortSignal[] = [];
    const waiting = secrets(
      { TOKEN: 'secret', OTHER: 'secret' },
      {
        from: (name, signal) => {
          signals.push(signal);
          return name === 'OTHER' ? good : new Promise(() => {});
        },
        timeoutMs: 20,
      },
    );
    await expect(waiting).rejects.toThrow(/\n {2}TOKEN was not loaded within 20 ms\.$/);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });
});

describe('what is asked for', () => {
  it.each([
    [{}, 'Name from 1'],
    [{ 'a-b': 'secret' }, 'no name of a variable'],
    [{ TOKEN_FILE: 'secret' }, 'without _FILE'],
    [{ TOKEN_PREVIOUS: 'key' }, 'without _FILE or _PREVIOUS'],
    [{ TOKEN: 'keys' }, "takes 'secret', 'key'"],
    [{ TOKEN: { optinal: true } }, 'Did you mean optional?'],
    [{ TOKEN: { kind: 'keyring' } }, 'kind is'],
    [{ TOKEN: { kind: 'key', schema: z.string() } }, 'not for keys'],
    [{ TOKEN: { schema: /x/ } }, 'Standard Schema'],
    [{ TOKEN: { optional: 'yes' } }, 'true or false'],
    [z.object({ TOKEN: z.string() }), 'record of names'],
    [null, 'record of names'],
  ])('is checked: %j', async (wanted, message) => {
    const code = 'bulwark/invalid-option';
    await expect(secrets(wanted as never, { env: {} })).rejects.toThrow(expect.objectContaining({ code }));
    await expect(secrets(wanted as never, { env: {} })).rejects.toThrow(message);
  });

  it.each([
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ emptyEnv: 1 }, 'emptyEnv'],
    [{ folder: 'secrets' }, 'folder'],
    [{ from: 'vault' }, 'from'],
    [{ env: 'x' }, 'env'],
  ])('and so are the options: %j', async (options, message) => {
    await expect(secrets({ TOKEN: 'secret' }, options as never)).rejects.toThrow(message);
  });

  it('is a Secret for every name but keys', async () => {
    const { TOKEN } = await secrets({ TOKEN: { kind: 'secret' } }, { env: { TOKEN: good }, folder: false });
    expect(TOKEN).toBeInstanceOf(Secret);
  });
});
