import { describe, expect, it } from 'vitest';
import { startMariadb } from '../../machine/mariadb.ts';
import { missing } from '../../machine/missing.ts';
import { missingSqlite } from '../../machine/sqlite.ts';
import type { Dialect, ProvenCase } from './firewall-case.ts';
import { firewallCases } from './firewall-cases.ts';
import { mariadbReader, postgresReader, type Reader, sqliteReader, verifyCase } from './verify.ts';

const cases = firewallCases();
const noMariadb = missing('mariadb');
const noSqlite = missingSqlite('better-sqlite3');

async function wrong(dialect: Dialect, read: Reader): Promise<string[]> {
  const found: string[] = [];
  for (const one of cases) {
    if (one.dialect !== dialect) continue;
    const why = await verifyCase(one, read);
    if (why !== undefined) found.push(`${one.id}: ${why}: ${one.text}`);
  }
  return found;
}

describe('the labels of the firewall corpus', () => {
  it('holds for PostgreSQL', async () => {
    expect(await wrong('postgres', await postgresReader())).toEqual([]);
  });

  it.skipIf(noSqlite)(`holds for SQLite${noSqlite ? `: ${noSqlite}` : ''}`, async () => {
    expect(await wrong('sqlite', await sqliteReader())).toEqual([]);
  });

  it.skipIf(noMariadb)(
    `holds for MySQL, read by MariaDB${noMariadb ? `: ${noMariadb}` : ''}`,
    async () => {
      const server = await startMariadb();
      try {
        const reader = await mariadbReader(server.url);
        try {
          expect(await wrong('mysql', reader)).toEqual([]);
        } finally {
          await reader.end();
        }
      } finally {
        await server.stop();
      }
    },
    120_000,
  );

  it('has one name for each case, and enough of them', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.filter(({ attack }) => attack).length).toBeGreaterThanOrEqual(1200);
    expect(cases.filter(({ attack }) => !attack).length).toBeGreaterThanOrEqual(1500);
  });
});

describe('verifyCase', () => {
  const base: ProvenCase = {
    id: 'x',
    family: 'x',
    dialect: 'postgres',
    attack: true,
    text: "select 1 where 'a' = 'x' or 1=1",
    twin: "select 1 where 'a' = 'x'",
    inputs: [],
    note: '',
  };

  it('sees a wrong label', async () => {
    const read = await postgresReader();
    expect(await verifyCase(base, read)).toBeUndefined();
    expect(await verifyCase({ ...base, attack: false }, read)).toContain('another shape');
    expect(await verifyCase({ ...base, text: base.twin }, read)).toContain('the shape of its twin');
    expect(await verifyCase({ ...base, text: "select '" }, read)).toContain('unterminated');
    expect(await verifyCase({ ...base, text: base.twin, note: 'syntax error on purpose' }, read)).toBe(
      'the text is SQL',
    );
  });
});
