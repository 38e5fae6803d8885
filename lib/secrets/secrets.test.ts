import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { formerKey, good, key, problems } from '../../checks/secrets/problems.ts';
import { configureEvents } from '../event/record.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import type { Misuse } from '../refusal/misuse.ts';
import { keyring } from './keyring.ts';
import { secrets } from './secrets.ts';

let folder: string;
let mounted: string;
let events: SecurityEvent[];
let recorder: ReturnType<typeof configureEvents>;

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
afterEach(() => vi.unstubAllEnvs());

function file(content: string | Uint8Array, mode = 0o400): string {
  const path = join(folder, randomBytes(8).toString('hex'));
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
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

  it('reads process.env by default', async () => {
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

  it('reveals no value that a getter of the environment throws', async () => {
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
    await expect(
      secrets({ TOKEN: 'secret' }, { env: frozen, folder: false, emptyEnv: true }),
    ).rejects.toThrow('emptyEnv cannot remove TOKEN');
  });
});

describe('a text', () => {
  it.each([
    ['a line break at its end is dropped', `${good}\n`],
    ['and one of Windows', `${good}\r\n`],
    ['and the carriage return of an .env file', `${good}\r`],
    ['and a byte order mark', `\ufeff${good}`],
  ])('%s', async (_, text) => {
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
      ['/proc/self/mem', 'is empty, or not a file on a disk'],
      ['/proc/self/environ', 'is empty, or not a file on a disk'],
      [huge, 'has more than 65536 bytes'],
      [file(''), 'is empty'],
      [file('\n'), 'is empty'],
      [join(folder, 'nowhere'), 'does not exist'],
      [`${folder}/a\0b`, 'no valid path'],
      [file(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62, 0)), 'is UTF-16'],
      [file(randomBytes(64)), 'is not UTF-8'],
      [file(good, 0o666), 'is writable by everyone'],
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
