import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noHardening } from '../../../checks/db/harden-options.ts';
import { plantedRules, postgresPlants } from '../../../checks/db/postgres-plants.ts';
import { startTlsPostgres, type TlsPostgres } from '../../../checks/db/tls-postgres.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { audit } from '../audit.ts';
import { harden } from '../harden.ts';
import type { AuditResult } from '../weakness.ts';
import { postgresChecks } from './postgres-checks.ts';

const why = missing('postgres');
const password = 'a long password for tests';
describe.skipIf(why)(`weaknesses planted in PostgreSQL${why ? `: ${why}` : ''}`, () => {
  let server: TlsPostgres;
  let root: Client;

  const url = (user: string): string =>
    server.as(user, user === 'postgres' ? new URL(server.url).password : password, 'plant');

  const clear = (user: string): string => url(user).replace(/\?.*/, '?sslmode=disable');

  beforeAll(async () => {
    process.env['BULWARK_TEST_PASSWORD'] = password;
    server = await startTlsPostgres();
    const first = new Client({ connectionString: server.url });
    await first.connect();
    await first.query('create database plant');
    await first.end();
    root = new Client({ connectionString: url('postgres') });
    root.on('error', () => {});
    await root.connect();
    await root.query('create table t (id int, note text)');
    const source = 'env:BULWARK_TEST_PASSWORD';
    const named = { owner: 'shop_owner', readOnly: ['reader'], readWrite: ['app'] };
    await harden(
      { ...noHardening, ...named, readOnlyPassword: source, readWritePassword: source },
      { apply: url('postgres'), passwordFile: undefined, dryRun: false },
    );
  });

  afterAll(async () => {
    delete process.env['BULWARK_TEST_PASSWORD'];
    await root?.end();
    await server?.stop();
  });

  async function found(as = 'app', given = url(as)): Promise<AuditResult> {
    const adminUrl = given.includes('disable') ? clear('postgres') : url('postgres');
    const { text } = await audit({ url: given, adminUrl, format: 'json', failOn: 'low' });
    const result = JSON.parse(text) as AuditResult;
    expect(result.unread.filter(({ expected }) => !expected)).toEqual([]);
    return result;
  }

  /** A reload is taken a moment after it is asked for. */
  async function until(
    as: string | undefined,
    holds: (ids: readonly string[]) => boolean,
    given?: string,
  ): Promise<AuditResult> {
    for (let tries = 1; ; tries += 1) {
      const result = await found(as, given);
      if (holds(result.findings.map(({ id }) => id)) || tries === 10) return result;
      await setTimeout(100);
    }
  }

  it('are none at first', async () => {
    expect((await found('app')).findings).toEqual([]);
    expect((await found('reader')).findings).toEqual([]);
  });

  it('are all tried', () => {
    const tried = [...Object.keys(postgresPlants), ...Object.keys(plantedRules), 'connection-tls'];
    expect(postgresChecks.map(({ id }) => id).filter((id) => !tried.includes(id))).toEqual([]);
  });

  it.each(Object.entries(postgresPlants))(
    '%s is found, and its statements fix it',
    async (id, { plant, cleared = [], as }) => {
      for (const statement of plant) await root.query(statement);
      const given = id === 'server-tls' ? clear('app') : undefined;
      const before = await until(as, (ids) => ids.includes(id), given);
      const finding = before.findings.find((one) => one.id === id);
      expect(finding?.evidence.length, JSON.stringify(before.findings)).toBeGreaterThan(0);
      for (const statement of finding?.fix.filter((line) => !line.startsWith('--')) ?? [])
        await root.query(statement);
      for (const statement of cleared) await root.query(statement);
      const after = await until(as, (ids) => !ids.includes(id));
      expect(after.findings.filter((one) => one.id === id)).toEqual([]);
    },
  );

  it.each(Object.entries(plantedRules))(
    '%s is found in pg_hba.conf, and its advice fixes it',
    async (id, [bad, good]) => {
      const { rows } = await root.query<{ file: string }>("select current_setting('hba_file') as file");
      const file = rows[0]?.file ?? '';
      const before = readFileSync(file, 'utf8');
      appendFileSync(file, `${bad}\n`);
      await root.query('select pg_reload_conf()');
      const finding = (await found()).findings.find((one) => one.id === id);
      expect(finding?.evidence).toEqual([expect.stringMatching(/^line \d+: host/)]);
      writeFileSync(file, `${before}${good}\n`);
      await root.query('select pg_reload_conf()');
      expect((await found()).findings.map((one) => one.id)).not.toContain(id);
      writeFileSync(file, before);
    },
  );

  it('connection-tls is found, and the URL in its advice fixes it', async () => {
    const given = clear('app');
    expect((await found('app', given)).findings).toMatchObject([{ id: 'connection-tls' }]);
    expect((await found('app')).findings.map((one) => one.id)).not.toContain('connection-tls');
  });
});
