import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTlsPostgres, type TlsPostgres } from '../../checks/db/tls-postgres.ts';
import { missing } from '../../checks/machine/missing.ts';
import { dbCommand } from '../commands/db.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const secret = 'a/secret@of:mine';

async function bulwark(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const run = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'db', ...args]);
    return { code: 0, ...run };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

/** The same in this process, which is quicker: what it would print, and the code it would end with. */
async function inside(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    }),
  );
  try {
    await dbCommand().parseAsync(args, { from: 'user' });
    return { code: process.exitCode, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}

const harden = [
  'harden',
  '--dialect',
  'postgres',
  '--database',
  'shop',
  '--owner',
  'shop_owner',
  '--read-write',
  'shop_rw',
];
const maria = ['harden', '--dialect', 'mariadb', '--database', 'shop', '--owner', 'o', '--read-write', 'w'];
const encoded = encodeURIComponent(secret);

describe('bulwark db', () => {
  it.each([
    [harden, 'create role "shop_rw" login'],
    [[...maria, '--host', '10.2.%'], "grant select, insert, update, delete on `shop`.* to 'w'@'10.2.%';"],
  ])('prints SQL: %j', async (args, text) => {
    const { code, stdout, stderr } = await bulwark(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(text);
  });

  it.each([
    [['audit', 'shop'], 'db/url: the URL cannot be parsed.'],
    [['audit', `http://a:${encoded}@127.0.0.1/x`], 'db/url: the URL does not start with'],
    [['audit', `postgres://a:${secret}@127.0.0.1:x/x`], 'db/url: the URL cannot be parsed.'],
    [['audit', 'postgres://127.0.0.1/x'], 'db/url: the URL names no user'],
    [['audit', 'postgres://a@127.0.0.1'], 'db/url: the URL names no database'],
    [['audit', 'postgres://a@127.0.0.1/x?sslmode=prefer'], 'db/url: the URL has the sslmode "prefer"'],
    [['audit', 'postgres://a@127.0.0.1/x?options=1'], 'db/url: the URL has the unknown parameter "options"'],
    [['audit', `postgres://a:${encoded}@127.0.0.1:1/x`], 'db/connect: 127.0.0.1:1: connect ECONNREFUSED'],
    [['audit', `mysql://a:${encoded}@127.0.0.1:1/x`], 'db/connect: 127.0.0.1:1: connect ECONNREFUSED'],
    [['audit', 'postgres://a@127.0.0.1/x', '--format', 'xml'], 'db/option: --format'],
    [['audit', 'postgres://a@127.0.0.1/x', '--fail-on', 'none'], 'db/option: --fail-on'],
    [['audit', 'postgres://a@127.0.0.1/x', '--admin-url', 'mysql://a@127.0.0.1/x'], 'db/option: --admin-url'],
    [
      ['audit', 'postgres://a@127.0.0.1/x', '--password-file', '/nowhere\u001b[2J'],
      'db/password: --password-file "/nowhere\\u001b[2J"',
    ],
    [[...harden, '--read-write', 'shop_rw'], 'db/name: "shop_rw" is named twice.'],
    [[...harden, '--read-only', 'x'.repeat(64)], 'is not 1 to 63 bytes long'],
    [[...harden, '--read-only', 'a\nb'], 'db/name: --read-only "a\\nb" has a control character'],
    [[...harden, '--read-only', 'postgres'], 'db/name: --read-only "postgres"'],
    [[...harden, '--schema', 'pg_catalog'], 'db/name: --schema "pg_catalog"'],
    [[...harden, '--host', '10.0.0.1'], 'db/option: --host applies only to MariaDB.'],
    [[...harden, '--statement-timeout', '0s'], 'db/duration: --statement-timeout "0s"'],
    [
      [...harden, '--read-write-password', secret],
      'db/password: --read-write-password is neither env:NAME nor file:PATH.',
    ],
    [[...harden, '--read-write-password', 'env:NOT_SET_AT_ALL'], 'holds nothing.'],
    [
      [...harden, '--row-security', 'setting', '--table', 'a.b', '--column', 'c'],
      'db/option: --row-security "setting"',
    ],
    [
      [...harden, '--row-security', 'role', '--table', 'b', '--column', 'c'],
      'db/option: --table is not SCHEMA.TABLE.',
    ],
    [[...harden, '--apply', 'mysql://a@127.0.0.1/shop'], 'db/option: --dialect'],
    [[...harden, '--apply', 'postgres://a@127.0.0.1/other'], 'db/option: --database "shop"'],
    [['harden', '--dialect', 'oracle'], 'db/option: --dialect "oracle"'],
    [maria, 'db/option: --host is missing.'],
    [[...maria, '--host', '%'], 'db/host: --host "%"'],
    [[...maria, '--host', '10.2.%', '--read-only', 'root'], 'db/name: --read-only "root"'],
    [[...maria, '--host', '10.2.%', '--schema', 'a'], 'db/option: --schema applies only to PostgreSQL.'],
  ])('prints nothing to run, ends with 2, and shows no password: %j', async (args, text) => {
    const result = await inside(...args);
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
    for (const shown of [secret, encoded]) expect(result.stderr).not.toContain(shown);
  });

  it('gives up on a server that is silent or closes the connection', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      socket.end('\u001b[2J not a database \n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    for (const scheme of ['postgres', 'mysql']) {
      for (const mode of ['disable', 'verify-full']) {
        const result = await bulwark('audit', `${scheme}://a:${encoded}@127.0.0.1:${port}/x?sslmode=${mode}`);
        expect(result).toMatchObject({
          code: 2,
          stdout: '',
          stderr: expect.stringMatching(/^db\/connect: [\x20-\x7e\n]+$/),
        });
        expect(result.stderr).not.toContain(secret);
      }
    }
    server.close();
    for (const socket of sockets) socket.destroy();
  });
});

const why = missing('postgres');
describe.skipIf(why)(`bulwark db audit, attacked${why ? `: ${why}` : ''}`, () => {
  let server: TlsPostgres;
  let root: Client;

  beforeAll(async () => {
    server = await startTlsPostgres();
    root = new Client({ connectionString: server.url });
    await root.connect();
    await root.query("create role app login password 'a/secret@of:mine'");
  });

  afterAll(async () => {
    await root?.end();
    await server?.stop();
  });

  it('shows hostile names in printable ASCII, and its statements work for them', async () => {
    const odd = [
      'a"b',
      "a'b; drop table x; --",
      'new\nline',
      'esc\u001b[2J',
      '\u202erights',
      'uni\u00e9\u{1f600}',
      'back\\slash',
      '$$',
      '%s%I',
    ];
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    for (const name of odd) {
      await root.query(`create schema ${quoted(name)}`);
      await root.query(`create type ${quoted(name)}.${quoted(`${name}t`)} as enum ('a')`);
      await root.query(`create table ${quoted(name)}.${quoted(name)} (a int)`);
      await root.query(`alter table ${quoted(name)}.${quoted(name)} owner to app`);
      await root.query(
        `create function ${quoted(name)}.${quoted(name)}(a ${quoted(name)}.${quoted(`${name}t`)}) returns int security definer language sql return 1`,
      );
      await root.query(`grant usage, create on schema ${quoted(name)} to app`);
    }
    const url = server.as('app', secret);
    const { code, stdout } = await bulwark('audit', url);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    const { stdout: json } = await bulwark('audit', url, '--format', 'json');
    const { findings } = JSON.parse(json) as { findings: { id: string; fix: string[] }[] };
    for (const id of ['owns-tables', 'create-in-schema', 'definer-search-path']) {
      const finding = findings.find((one) => one.id === id);
      expect(finding?.fix.length, id).toBeGreaterThanOrEqual(odd.length);
      for (const statement of finding?.fix ?? []) {
        expect(stdout).toContain(`  fix:  ${statement}\n`);
        await root.query(statement);
      }
    }
    const again = JSON.parse((await bulwark('audit', url, '--format', 'json')).stdout) as {
      findings: { id: string }[];
    };
    const ids = again.findings.map((one) => one.id);
    for (const id of ['owns-tables', 'create-in-schema', 'definer-search-path'])
      expect(ids).not.toContain(id);
  });

  it('counts thousands of places, and names a few', async () => {
    await root.query('create schema many');
    await root.query(
      "do $$ begin for i in 1..3000 loop execute format('create table many.t%s (a int)', i); execute format('alter table many.t%s owner to app', i); end loop; end $$",
    );
    const { code, stdout } = await bulwark('audit', server.as('app', secret));
    expect(code).toBe(1);
    expect(stdout).toMatch(/high owns-tables: .*\n(?: {2}at: .*\n){10} {2}at: {3}2990 more\n/);
    expect(stdout.length).toBeLessThan(60_000);
  });

  it('reports what the role may not read as not checked', async () => {
    const { stdout } = await bulwark('audit', server.as('app', secret));
    expect(stdout).toContain('not checked, not readable with this role: run with --admin-url: hba-trust');
  });

  it('is not misled by tables that are named like those of the catalog', async () => {
    await root.query('create schema shadow; create table shadow.pg_roles (rolname text, rolsuper bool)');
    await root.query('alter role app set search_path = shadow, pg_catalog');
    const { stdout } = await bulwark('audit', server.as('app', secret), '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ role: 'app' });
    await root.query('alter role app reset search_path');
  });

  it('refuses a wrong password and an untrusted certificate, and does not print the password', async () => {
    const wrong = server.as('app', `${secret}!`);
    const result = await bulwark('audit', wrong);
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('password authentication failed for user "app"'),
    });
    const untrusted = await bulwark('audit', server.as('app', secret).replace(/\?.*/, ''));
    expect(untrusted).toMatchObject({ code: 2, stderr: expect.stringContaining('self-signed certificate') });
    for (const { stderr } of [result, untrusted]) expect(stderr).not.toContain(secret);
  });

  it('refuses an administrator of another database', async () => {
    const elsewhere = server.url.replace('/postgres?', '/template1?');
    const result = await bulwark('audit', server.as('app', secret), '--admin-url', elsewhere);
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('db/server: --admin-url names another'),
    });
  });

  it('reads the password from a file', async () => {
    const file = join(tmpdir(), `bulwark-password-${process.pid}`);
    writeFileSync(file, `${secret}\n`, { mode: 0o600 });
    const url = server.as('app', '').replace(':@', '@');
    expect(await bulwark('audit', url, '--password-file', file, '--fail-on', 'critical')).toMatchObject({
      code: 0,
    });
  });
});
