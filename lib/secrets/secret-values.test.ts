import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { Secret } from './secret.ts';
import { secrets } from './secrets.ts';
import type { SecretsOptions } from './secrets-options.ts';

let folder: string;
let events: SecurityEvent[];
let recorder: ReturnType<typeof configureEvents>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-secrets-'));
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

  it('that fails is reported only by the class of its error', async () => {
    const failure = Object.assign(new RangeError(`token ${good}`), {
      code: 'ECONNREFUSED',
      headers: { x: good },
    });
    const error = await from(() => Promise.reject(failure)).catch((thrown: unknown) => thrown);
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(good);
    expect((error as Misuse).message).toContain(
      'TOKEN could not be looked up: `from` threw RangeError (ECONNREFUSED)',
    );
    await expect(from(() => 7 as never)).rejects.toThrow('TOKEN is not a string');
    await expect(from(() => [good, good])).rejects.toThrow('TOKEN has several values');
    await expect(from(() => Promise.reject('x'))).rejects.toThrow('a value that is not an error');
  });

  it('that never answers ends in time, with the names that are missing, and its signal is aborted', async () => {
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
