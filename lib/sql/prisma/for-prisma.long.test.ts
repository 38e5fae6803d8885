import { afterAll, describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import type { Adapter } from '../../../checks/sql-adapters/adapter.ts';
import { mysqlTests } from '../../../checks/sql-adapters/mysql-tests.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { createPrismaProject } from '../../../checks/sql-adapters/prisma-project.ts';
import { sqliteTests } from '../../../checks/sql-adapters/sqlite-tests.ts';
import { sql } from '../index.ts';
import { forPrisma } from './index.ts';

const project = await createPrismaProject();
afterAll(() => project.remove());

type Provider = Parameters<typeof project.client>[0];

function connect(provider: Provider, adapter: unknown): Adapter {
  const { Prisma, PrismaClient } = project.client(provider);
  const prisma = new PrismaClient({ adapter });
  return {
    rows: async (query) => plain(await prisma.$queryRaw<object[]>(forPrisma(prisma, query))),
    rawObjects: [Prisma.sql`1`, Prisma.raw('1 or 1=1')],
    close: () => prisma.$disconnect(),
  };
}

/** Prisma gives a bigint for most whole numbers. */
function plain(rows: readonly object[]): object[] {
  return rows.map((row) => {
    const entries = Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? Number(value) : value,
    ]);
    return Object.fromEntries(entries);
  });
}

postgresTests('Prisma', async (connectionString) => {
  const { PrismaPg } = project.load<{ PrismaPg: new (options: object) => unknown }>('@prisma/adapter-pg');
  return connect('postgresql', new PrismaPg({ connectionString, max: 1 }));
});

mysqlTests('Prisma', async (url) => {
  const { PrismaMariaDb } = project.load<{ PrismaMariaDb: new (options: object) => unknown }>(
    '@prisma/adapter-mariadb',
  );
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const options = {
    host,
    port: Number(port),
    user,
    password,
    database: pathname.slice(1),
    connectionLimit: 1,
  };
  return connect('mysql', new PrismaMariaDb(options));
});

const sqliteAdapter = (): unknown => {
  const { PrismaBetterSqlite3 } = project.load<{ PrismaBetterSqlite3: new (options: object) => unknown }>(
    '@prisma/adapter-better-sqlite3',
  );
  return new PrismaBetterSqlite3({ url: ':memory:' });
};

sqliteTests('Prisma', {
  missing: missingSqlite('better-sqlite3'),
  storedDate: '2026-07-01T12:34:56.789+00:00',
  exactIntegers: true,
  connect: async () => connect('sqlite', sqliteAdapter()),
});

const noSqlite = missingSqlite('better-sqlite3');

describe.skipIf(noSqlite)(`forPrisma${noSqlite ? `: ${noSqlite}` : ''}`, () => {
  it('knows transactions and extended clients, and works with `$executeRaw`', async () => {
    const { PrismaClient } = project.client('sqlite');
    const prisma = new PrismaClient({ adapter: sqliteAdapter() });
    const extended = prisma.$extends({});
    await prisma.$executeRaw(forPrisma(prisma, sql`create table item (id integer)`));
    const insert = sql`insert into item values (${1}), (${2})`;
    expect(await prisma.$transaction((tx) => tx.$executeRaw(forPrisma(tx, insert)))).toBe(2);
    expect(await extended.$executeRaw(forPrisma(extended, sql`delete from item where id = ${1}`))).toBe(1);
    expect(
      await extended.$transaction((tx) => tx.$queryRaw(forPrisma(tx, sql`select id from item`))),
    ).toEqual([{ id: 2 }]);
    await prisma.$disconnect();
  });
});
