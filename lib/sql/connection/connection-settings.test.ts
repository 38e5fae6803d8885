import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/index.ts';
import {
  type ConnectionOptions,
  connectionSettings,
  mysql2Options,
  pgOptions,
  postgresOptions,
} from './index.ts';

const code = 'sql/connection-settings';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-settings-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string, mode = 0o600): string {
  const path = join(folder, `secret-${Math.random().toString(36).slice(2)}`);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** The Misuse's code. Whatever is wrong, nothing that was handed in is in it. */
function wrong(options: ConnectionOptions, secrets: readonly string[] = ['s3cret']): string {
  try {
    connectionSettings(options);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    const shown = inspect(error, { showHidden: true, depth: 9 });
    for (const secret of secrets) expect(shown).not.toContain(secret);
    return error.code;
  }
  return 'accepted';
}

describe('a URL', () => {
  it('is taken apart', () => {
    const url = 'postgres://app:s3%40cr%2Fet@db.example.com/shop';
    expect(connectionSettings({ url })).toEqual({
      ...{ dialect: 'postgres', host: 'db.example.com', port: 5432, database: 'shop' },
      ...{ user: 'app', tls: 'verified' },
    });
    expect(connectionSettings({ url: 'mariadb://a%40b@[::1]:3307/sh%2Fop?sslmode=disable' })).toMatchObject({
      ...{ dialect: 'mysql', host: '::1', port: 3307, database: 'sh/op', user: 'a@b', tls: 'plain' },
    });
    expect(connectionSettings({ url: 'postgresql://app@%2Fvar%2Frun%2Fpostgresql/shop' })).toMatchObject({
      ...{ host: '/var/run/postgresql', tls: 'plain' },
    });
  });

  it.each([
    '',
    's3cret',
    'postgres:s3cret',
    'http://app:s3cret@host/db',
    'postgres://:s3cret@host/db',
    'postgres://s3cret',
    'postgres://app:s3cret@host',
    'postgres://app:s3cret@host/',
    'postgres://app:s3cret@host:0/db',
    'postgres://app:s3cret@host:99999/db',
    'postgres://app:s3cret@a,b/db',
    'postgres://app:s3cret@/db',
    'postgres://app:s3cret@host/db/s3cret',
    'postgres://app:s3cret@host /db',
    'postgres://app:s3cret@host/db\n',
    'postgres://app:s3cret@host/db#s3cret',
    'postgres://app:1#s3cret@host/db',
    'postgres://app:1/s3cret@host/db',
    'postgres://app:1?s3cret@host/db',
    'postgres://app:1?s3cret=x@host/db',
    'postgres://app:%s3cret@host/db',
    'postgres://app%00:s3cret@host/db',
    'postgres://app:s3cret%00x@host/db',
    'postgres://app:s3cret@host/db%00options',
    'postgres://app:s3cret@host/db?s3cret=1',
    'postgres://app:s3cret@host/db?sslmode=s3cret',
    'postgres://app:s3cret@host/db?sslmode=require&sslmode=disable',
    'postgres://app:s3cret@host/db?options=-c%20x=s3cret',
    'mysql://app:s3cret@host/db?ssl={"rejectUnauthorized":false}',
    'mysql://app:s3cret@host/db?multipleStatements=true',
    'mysql://app:s3cret@host/db?flags=LOCAL_FILES',
  ])('is a Misuse that tells nothing of it: %j', (url) => {
    expect(wrong({ url })).toBe(code);
  });

  it('comes from one place', () => {
    expect(wrong({})).toBe(code);
    expect(wrong({ url: 'postgres://app:s3cret@h/db', env: 'X' })).toBe(code);
    expect(wrong({ url: 7 as never })).toBe(code);
    const polluted = Object.create({ url: 'postgres://app:s3cret@evil/db' }) as ConnectionOptions;
    expect(wrong(polluted)).toBe(code);
  });
});

describe('TLS', () => {
  const url = (host: string, mode?: string) =>
    `postgres://app:s3cret@${host}/shop${mode ? `?sslmode=${mode}` : ''}`;

  it.each(['require', 'verify-ca', 'verify-full', 'VERIFY_IDENTITY', undefined])(
    'is verified for %s',
    (mode) => {
      for (const host of ['db.example.com', 'localhost', '127.0.0.1', '10.0.0.7', '[2001:db8::7]']) {
        expect(connectionSettings({ url: url(host, mode) }).tls).toBe('verified');
      }
    },
  );

  it.each(['disable', 'allow', 'prefer', 'no-verify', 'PREFERRED'])(
    '%s is refused but on this machine',
    (mode) => {
      for (const host of [
        'db.example.com',
        '10.0.0.7',
        'localhost.example.com',
        '128.0.0.1',
        '127.0.0.1.example.com',
      ]) {
        expect(wrong({ url: url(host, mode) })).toBe('sql/plaintext-connection');
        const allowed = connectionSettings({ url: url(host, mode), allowPlaintext: true });
        expect(allowed.tls).toBe(mode === 'no-verify' ? 'unverified' : 'plain');
      }
      for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]']) {
        expect(connectionSettings({ url: url(host, mode) }).tls).not.toBe('verified');
      }
    },
  );

  it('is left out where plaintext is allowed and nothing else is said', () => {
    expect(connectionSettings({ url: url('db'), allowPlaintext: true }).tls).toBe('plain');
    expect(connectionSettings({ url: url('db', 'require'), allowPlaintext: true }).tls).toBe('verified');
    expect(wrong({ url: url('db'), allowPlaintext: 'yes' as never })).toBe(code);
  });
});

describe('a secret', () => {
  it('is read from a variable, by its name', () => {
    process.env['BULWARK_TEST_URL'] = 'postgres://app@localhost/shop';
    process.env['BULWARK_TEST_PASSWORD'] = 's3cret';
    process.env['BULWARK_TEST_EMPTY'] = '';
    try {
      const settings = connectionSettings({ env: 'BULWARK_TEST_URL', passwordEnv: 'BULWARK_TEST_PASSWORD' });
      expect(pgOptions(settings).password?.()).toBe('s3cret');
      expect(() => connectionSettings({ env: 'BULWARK_TEST_EMPTY' })).toThrow(
        'BULWARK_TEST_EMPTY is not set',
      );
      expect(() => connectionSettings({ env: 'BULWARK_TEST_NONE' })).toThrow('BULWARK_TEST_NONE is not set');
      expect(wrong({ env: 'postgres://app:s3cret@host/db' })).toBe(code);
      expect(wrong({ env: 'constructor' })).toBe(code);
      const both = { url: 'postgres://app:s3cret@h/db', passwordEnv: 'BULWARK_TEST_PASSWORD' };
      expect(wrong(both)).toBe(code);
    } finally {
      for (const name of ['URL', 'PASSWORD', 'EMPTY']) delete process.env[`BULWARK_TEST_${name}`];
    }
  });

  it('is read from a file, less a line break at its end', () => {
    const path = file('postgres://app@localhost/shop\n', 0o444);
    const settings = connectionSettings({ file: path, passwordFile: file(' s3cret \r\n') });
    expect(pgOptions(settings).password?.()).toBe(' s3cret ');
  });

  it('is a Misuse where the file is missing, empty, no file, too large or for everybody to write', () => {
    const url = 'postgres://app@localhost/shop';
    expect(() => connectionSettings({ file: join(folder, 'none') })).toThrow('ENOENT');
    mkdirSync(join(folder, 'inner'));
    const files = [file(''), file('\n'), folder, file('s3cret'.repeat(200_000)), file('s3cret', 0o666)];
    for (const passwordFile of [
      ...files,
      join(folder, 'inner'),
      '/dev/null',
      '',
      'a\0b',
      file('s3cret\nmore\n'),
    ]) {
      expect(wrong({ url, passwordFile })).toBe(code);
    }
    expect(wrong({ file: 'postgres://app:s3cret@host/db' })).toBe(code);
    expect(wrong({ url, caFile: file('s3cret') })).toBe(code);
    expect(wrong({ url, passwordFile: file('s3cret') })).toBe('accepted');
  });

  it('is shown by nothing', () => {
    const made = [
      connectionSettings({ url: 'postgres://app:s3cret@localhost/shop' }),
      connectionSettings({ url: 'mysql://app:s3cret@localhost/shop' }),
    ] as const;
    const shown = [...made, pgOptions(made[0]), postgresOptions(made[0]), mysql2Options(made[1])];
    for (const object of shown) {
      expect(inspect(object, { showHidden: true, depth: 9 })).not.toContain('s3cret');
      expect(JSON.stringify({ object })).not.toContain('s3cret');
      expect(JSON.stringify(object)).toContain('localhost');
      expect(String(object)).not.toContain('s3cret');
    }
    expect(mysql2Options(made[1]).password).toBe('s3cret');
    expect({ ...mysql2Options(made[1]) }.password).toBe('s3cret');
  });
});

describe('options of clients', () => {
  const settings = connectionSettings({
    ...{
      url: 'postgres://app:s3cret@db/shop?application_name=web',
      readOnly: true,
      statementTimeoutMs: 5_000,
    },
  });

  it('are of the database that the URL is for, and of settings that were checked', () => {
    const mysql = connectionSettings({ url: 'mysql://app:s3cret@db/shop' });
    const invalid = expect.objectContaining({ code: 'bulwark/invalid-option' });
    expect(() => pgOptions(mysql)).toThrow(invalid);
    expect(() => mysql2Options(settings)).toThrow(invalid);
    expect(() => postgresOptions({ ...settings })).toThrow(invalid);
  });

  it('hold the settings of the session', () => {
    expect(pgOptions(settings)).toEqual({
      ...{ host: 'db', port: 5432, database: 'shop', user: 'app', password: expect.any(Function) },
      ...{ ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' }, application_name: 'web' },
      options: '-c default_transaction_read_only=on -c statement_timeout=5000',
    });
    expect(postgresOptions(settings).connection).toEqual({
      ...{ default_transaction_read_only: 'on', statement_timeout: '5000', application_name: 'web' },
    });
    expect(mysql2Options(connectionSettings({ url: 'mysql://app:s3cret@db/shop' }))).toMatchObject({
      ...{ multipleStatements: false, flags: ['-LOCAL_FILES'], ssl: { verifyIdentity: true } },
    });
    expect(wrong({ url: 'mysql://app:s3cret@db/shop', readOnly: true })).toBe(code);
    expect(wrong({ url: 'postgres://app:s3cret@db/shop', statementTimeoutMs: 0 })).toBe(code);
    expect(wrong({ url: 'postgres://app:s3cret@db/shop', statementTimeoutMs: '1 -c x=y' as never })).toBe(
      code,
    );
  });

  it('of postgres.js are for an IPv6 address too', () => {
    const address = connectionSettings({ url: 'postgres://app:s3cret@[2001:db8::7]:5433/shop' });
    const { host, port, database } = postgres(postgresOptions(address)).options;
    expect({ host, port, database }).toEqual({ host: ['2001:db8::7'], port: [5433], database: 'shop' });
  });

  it('of mysql2 are for a name, whose certificate it can verify', () => {
    const address = connectionSettings({ url: 'mysql://app:s3cret@10.0.0.7/shop' });
    expect(() => mysql2Options(address)).toThrow(expect.objectContaining({ code }));
  });
});
