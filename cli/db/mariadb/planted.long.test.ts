import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noHardening } from '../../../checks/db/harden-options.ts';
import { startTlsMariadb, type TlsMariadb } from '../../../checks/db/tls-mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { audit } from '../audit.ts';
import { harden } from '../harden.ts';
import type { HardenOptions } from '../harden-options.ts';
import { readTarget } from '../target.ts';
import type { AuditResult } from '../weakness.ts';
import { optionLines } from './harden-mariadb.ts';
import { mariadbPlan } from './harden-plan.ts';
import { mariadbChecks } from './mariadb-checks.ts';

const why = missing('mariadb');
const password = "a long pass'word \\ for tests";
const app = "'app'@'127.0.0.1'";

const options: HardenOptions = {
  ...noHardening,
  ...{
    dialect: 'mariadb',
    database: 'shop_db',
    owner: 'shop_owner',
    readOnly: ['reader'],
    readWrite: ['app'],
  },
  host: ['127.0.0.1'],
  readOnlyPassword: 'env:BULWARK_TEST_PASSWORD',
  readWritePassword: 'env:BULWARK_TEST_PASSWORD',
};

/** By the id of a weakness: what makes it, and what more than its own statements takes the rest away. */
const planted: Readonly<Record<string, { plant: string[]; cleared?: string[] }>> = {
  'file-privilege': { plant: [`grant file on *.* to ${app}`] },
  'super-privilege': { plant: [`grant super on *.* to ${app}`] },
  'role-rights': {
    plant: [
      'create role inner_role',
      'grant super on *.* to inner_role',
      'create role way',
      'grant inner_role to way',
      `grant way to ${app}`,
      'create role `chi``ef`',
      'grant drop on `shop\\_db`.* to `chi``ef`',
      `grant \`chi\`\`ef\` to ${app}`,
    ],
  },
  'process-privilege': { plant: [`grant process on *.* to ${app}`] },
  'account-privilege': { plant: [`grant create user on *.* to ${app}`] },
  'administrative-privilege': { plant: [`grant reload, shutdown, binlog monitor on *.* to ${app}`] },
  'global-grant': { plant: [`grant select, create view on *.* to ${app}`] },
  'grant-option': {
    plant: [`grant grant option on *.* to ${app}`, `grant select on shop_db.t to ${app} with grant option`],
    cleared: [`revoke select on shop_db.t from ${app}`],
  },
  'system-schema': { plant: [`grant select on mysql.* to ${app}`, `grant insert on mysql.plugin to ${app}`] },
  'other-database': {
    plant: [
      'create database `o``d``d`',
      'create table `o``d``d`.`t\u001b[2J\n`(a int)',
      `grant select on \`o\`\`d\`\`d\`.\`t\u001b[2J\n\` to ${app}`,
      `grant delete on \`o\`\`d\`\`d\`.* to ${app}`,
    ],
  },
  'wildcard-grant': {
    plant: [`grant select on shop_db.* to ${app}`, `grant select on \`shop%\`.* to ${app}`],
  },
  'structure-privilege': {
    plant: [`grant create, trigger on \`shop\\_db\`.* to ${app}`, `grant alter on shop_db.t to ${app}`],
  },
  'load-privilege': { plant: [`grant lock tables on \`shop\\_db\`.* to ${app}`] },
  'public-grant': {
    plant: ['grant lock tables on `shop\\_db`.* to public', 'grant select on mysql.user to public'],
  },
  'require-tls': { plant: [`alter user ${app} require none`] },
  'anonymous-account': { plant: ["create user ''@'127.0.0.9' identified by 'x'"] },
  'no-password': { plant: ["create user 'open''\\\\x'@'127.0.0.9'"] },
  'old-hash': {
    plant: ["create user 'old'@'127.0.0.9' identified via mysql_old_password using '0123456789abcdef'"],
  },
  'administrator-anywhere': {
    plant: ["create user 'chief'@'%' identified by 'x'", "grant super on *.* to 'chief'@'%'"],
  },
  'strong-definer': {
    plant: [
      'create procedure shop_db.strong() sql security definer select 1',
      'create function shop_db.f() returns int return 1',
    ],
  },
  'local-infile': { plant: ['set global local_infile = 1'] },
  'sql-mode-strict': { plant: ["set global sql_mode = ''"] },
  'sql-mode-escapes': { plant: ["set global sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'"] },
  'statement-time': { plant: [`alter user ${app} with max_statement_time 0`] },
  'idle-transaction': { plant: ['set global idle_transaction_timeout = 0'] },
  'idle-connection': { plant: ['set global wait_timeout = 28800'] },
  'lock-wait': { plant: ['set global lock_wait_timeout = 86400'] },
  'old-passwords': { plant: ['set global old_passwords = 1'] },
  'general-log': { plant: ['set global general_log = 1'] },
};

describe.skipIf(why)(`weaknesses planted in MariaDB${why ? `: ${why}` : ''}`, () => {
  let server: TlsMariadb;
  let root: Connection;

  beforeAll(async () => {
    process.env['BULWARK_TEST_PASSWORD'] = password;
    server = await startTlsMariadb(optionLines(mariadbPlan(options)));
    root = await connect(server.url);
    await root.query('create table shop_db.t (id int auto_increment primary key, note text)');
    // What mariadb-install-db leaves behind without a password.
    const [rows] = await root.query("select user, host from mysql.global_priv where user = 'root'");
    for (const { user, host } of rows as { user: string; host: string }[])
      await root.query('drop user ?@?', [user, host]);
  });

  afterAll(async () => {
    delete process.env['BULWARK_TEST_PASSWORD'];
    await root?.end();
    await server?.stop();
  });

  async function connect(url: string): Promise<Connection> {
    const { host, port, user, database, password: secret, tls } = readTarget('URL', url);
    return await createConnection({
      host,
      port,
      user,
      database,
      password: secret ?? '',
      ssl: { ca: tls?.ca ?? '' },
    });
  }

  async function found(user = 'app', url = server.as(user, password)): Promise<AuditResult> {
    const { text } = await audit({ url, adminUrl: server.url, format: 'json', failOn: 'low' });
    const result = JSON.parse(text) as AuditResult;
    expect(result.unread.filter(({ expected }) => !expected)).toEqual([]);
    return result;
  }

  it('are none after harden, run twice, and both accounts do their work', async () => {
    for (const _ of [1, 2]) {
      const text = await harden(options, { apply: server.url, passwordFile: undefined, dryRun: false });
      expect(text).toContain('done: Grants');
    }
    for (const user of ['app', 'reader'])
      expect(await found(user)).toMatchObject({ findings: [], unread: [] });
    const [writer, reader] = [
      await connect(server.as('app', password)),
      await connect(server.as('reader', password)),
    ];
    await writer.query("insert into t (note) values ('x')");
    expect((await reader.query('select note from t'))[0]).toEqual([{ note: 'x' }]);
    for (const refused of [
      "insert into t (note) values ('y')",
      'create table u (a int)',
      "select 1 into outfile '/tmp/x'",
      'select * from mysql.global_priv',
      'create function f() returns int return 1',
      'lock tables t read',
    ]) {
      await expect(reader.query(refused), refused).rejects.toThrow(/denied/);
      if (!refused.startsWith('insert'))
        await expect(writer.query(refused), refused).rejects.toThrow(/denied/);
    }
    await Promise.all([writer.end(), reader.end()]);
  });

  it('leaves an account without a password locked', async () => {
    await expect(connect(server.as('shop_owner', ''))).rejects.toThrow(/locked|denied/);
  });

  it('are all tried', () => {
    const elsewhere = [
      'skip-grant-tables',
      'secure-file-priv',
      'plugin-dir',
      'server-tls',
      'connection-tls',
      'any-host',
    ];
    const tried = [...Object.keys(planted), ...elsewhere];
    expect(mariadbChecks.map(({ id }) => id).filter((id) => !tried.includes(id))).toEqual([]);
  });

  it.each(Object.entries(planted))(
    '%s is found, and its statements fix it',
    async (id, { plant, cleared = [] }) => {
      for (const statement of plant) await root.query(statement);
      const before = await found();
      const finding = before.findings.find((one) => one.id === id);
      expect(finding?.evidence.length, JSON.stringify(before.findings)).toBeGreaterThan(0);
      for (const statement of finding?.fix ?? []) {
        expect(statement).toMatch(/^[\x20-\x7e]+$/);
        if (!statement.startsWith('--')) await root.query(statement);
      }
      for (const statement of cleared) await root.query(statement);
      expect((await found()).findings.filter((one) => one.id === id)).toEqual([]);
    },
  );

  it('any-host is found, and its statement fixes it', async () => {
    await root.query("create user 'far'@'%' identified by 'far away from here'");
    await root.query("grant select on `shop\\_db`.* to 'far'@'%'");
    const finding = (await found('far', server.as('far', 'far away from here'))).findings.find(
      (one) => one.id === 'any-host',
    );
    for (const statement of finding?.fix ?? []) await root.query(statement);
    expect(finding?.fix).toHaveLength(1);
    const after = await found('far', server.as('far', 'far away from here'));
    expect(after.findings.map((one) => one.id)).not.toContain('any-host');
  });
});

describe.skipIf(why)(`settings of MariaDB that take a restart${why ? `: ${why}` : ''}`, () => {
  it.each([
    [['[mariadbd]', 'skip_grant_tables'], 'skip-grant-tables'],
    [['[mariadbd]'], 'secure-file-priv'],
    [['[mariadbd]', 'secure_file_priv=/usr/lib'], 'plugin-dir'],
    [['[mariadbd]', 'skip_ssl'], 'server-tls'],
    [['[mariadbd]'], 'connection-tls'],
  ])('%j: %s', async (lines, id) => {
    const server = await startTlsMariadb(lines);
    try {
      const url = ['server-tls', 'connection-tls'].includes(id)
        ? server.url.replace(/\?.*/, '?sslmode=disable')
        : server.url;
      const { text, exitCode } = await audit({ url, format: 'json', failOn: 'medium' });
      expect((JSON.parse(text) as AuditResult).findings.map((one) => one.id)).toContain(id);
      expect(exitCode).toBe(1);
    } finally {
      await server.stop();
    }
  });
});
