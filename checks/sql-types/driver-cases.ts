// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs in text.

import type { Case } from './compile-cases.ts';

export const driverCases: readonly Case[] = [
  {
    name: 'a string for pg',
    program: "forPg(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'pool.query(forPg(query));',
  },
  {
    name: 'a template without the tag for pg',
    program: 'forPg(/*here*/`select ${text}`);',
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'pool.query(forPg(sql`select ${text}`));',
  },
  {
    name: 'a statement that pg itself is given',
    program: 'pool.query(/*here*/query);',
    message:
      "No overload matches this call.\n  The last overload gave the following error.\n    Argument of type 'Sql' is not assignable to parameter of type 'string | QueryConfig<any[]>'.",
    twin: 'pool.query(forPg(query));',
  },
  {
    name: 'a string for mysql2',
    program: "forMysql2(/*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'mysqlPool.execute(forMysql2(query));',
  },
  {
    name: 'a statement that mysql2 itself is given',
    program: 'mysqlPool.execute(/*here*/query);',
    message:
      "No overload matches this call.\n  Overload 1 of 2, '(sql: string, values?: ExecuteValues | undefined): Promise<[QueryResult, FieldPacket[]]>', gave the following error.\n    Argument of type 'Sql' is not assignable to parameter of type 'string'.",
    twin: 'mysqlPool.execute(forMysql2(query));',
  },
  {
    name: 'a string for postgres.js',
    program: "forPostgres(postgresJs, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'postgresJs.unsafe(...forPostgres(postgresJs, query));',
  },
  {
    name: 'a statement that postgres.js itself is given',
    program: 'postgresJs.unsafe(/*here*/query);',
    message: "Argument of type 'Sql' is not assignable to parameter of type 'string'.",
    twin: 'postgresJs.unsafe(...forPostgres(postgresJs, query));',
  },
  {
    name: 'an address in place of a pool of pg',
    program: "database(/*here*/'postgres://localhost');",
    message: "Argument of type 'string' is not assignable to parameter of type 'PgQueryable'.",
    twin: 'database(pool);',
  },
  {
    name: 'an address in place of a pool of mysql2',
    program: "onMysql2(/*here*/'mysql://localhost');",
    message:
      "Argument of type 'string' is not assignable to parameter of type 'Mysql2Pool | Mysql2Connection'.",
    twin: 'onMysql2(mysqlPool);',
  },
  {
    name: 'an address in place of postgres.js',
    program: "onPostgres(/*here*/'postgres://localhost');",
    message: "Argument of type 'string' is not assignable to parameter of type 'PostgresQueryable'.",
    twin: 'onPostgres(postgresJs);',
  },
  {
    name: 'a folder in place of PGlite',
    program: "onPglite(/*here*/'memory://');",
    message: "Argument of type 'string' is not assignable to parameter of type 'PgliteQueryable'.",
    twin: "declare const store: import('@electric-sql/pglite').PGlite;\nonPglite(store);",
  },
  {
    name: 'a file in place of better-sqlite3',
    program: "onBetterSqlite3(/*here*/':memory:');",
    message: "Argument of type 'string' is not assignable to parameter of type 'BetterSqlite3Connection'.",
    twin: "declare const file: import('better-sqlite3').Database;\nonBetterSqlite3(file);",
  },
  {
    name: 'a file in place of node:sqlite',
    program: "onNodeSqlite(/*here*/':memory:');",
    message: "Argument of type 'string' is not assignable to parameter of type 'NodeSqliteConnection'.",
    twin: 'declare const file: Parameters<typeof onNodeSqlite>[0];\nonNodeSqlite(file);',
  },
  {
    name: 'a pool of another driver',
    program: 'database(/*here*/mysqlPool);',
    message: "Argument of type 'Pool' is not assignable to parameter of type 'PgQueryable'.",
    twin: 'onMysql2(mysqlPool);',
  },
  {
    name: 'a client of MySQL for postgres.js',
    program: 'forPostgres(/*here*/mysqlPool, query);',
    message: "Argument of type 'Pool' is not assignable to parameter of type 'PostgresTyped<unknown>'.",
    twin: 'forPostgres(postgresJs, query);',
  },
  {
    name: 'an option of another type',
    program: 'database(pool, { /*here*/prepare: true });',
    message: "Type 'true' is not assignable to type 'PrepareOption | undefined'.",
    twin: "database(pool, { prepare: 'never' });",
  },
  {
    name: 'a table of Kysely without a type that fits',
    program: "tableOf<Shop>()('person', { /*here*/name: 'integer' });",
    message: "Type 'string' is not assignable to type 'never'.",
    twin: "tableOf<Shop>()('person', { name: 'string' });",
  },
  {
    name: 'a table that Kysely does not know',
    program: "tableOf<Shop>()(/*here*/'people', { name: 'string' });",
    message: 'Argument of type \'"people"\' is not assignable to parameter of type \'"person"\'.',
    twin: "tableOf<Shop>()('person', { id: 'integer | default' });",
  },
  {
    name: 'a column that Kysely does not know',
    program: "tableOf<Shop>()('person', { name: 'string', /*here*/mail: 'string' });",
    message: "Type 'string' is not assignable to type 'never'.",
    twin: "tableOf<Shop>()('person', { name: 'string', id: 'integer | default' });",
  },
  {
    name: 'a table of Drizzle that is a string',
    program: "fromDrizzle(/*here*/'person');",
    message: "Argument of type 'string' is not assignable to parameter of type 'DrizzleTable'.",
    twin: 'fromDrizzle(pets);',
  },
  {
    name: 'a value of another type for a table of Drizzle',
    program: "sql.set(fromDrizzle(pets), ['name'], { /*here*/name: 7 });",
    message: "Type 'number' is not assignable to type 'string | Sql'.",
    twin: "sql.set(fromDrizzle(pets), ['name'], { name: 'Rex' });",
  },
  {
    name: 'a string for Kysely',
    program: "forKysely(kysely, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'kysely.executeQuery(forKysely(kysely, query));',
  },
  {
    name: 'a string for Drizzle',
    program: "forDrizzle(drizzle, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'drizzle.execute(forDrizzle(drizzle, query));',
  },
  {
    name: 'a string for Knex',
    program: "forKnex(knex, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'knex.raw(...forKnex(knex, query));',
  },
  {
    name: 'a string for TypeORM',
    program: "forTypeorm(typeorm, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'typeorm.query(...forTypeorm(typeorm, query));',
  },
  {
    name: 'a string for Sequelize',
    program: 'forSequelize(sequelize, /*here*/text, {});',
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'sequelize.query(...forSequelize(sequelize, query, {}));',
  },
  {
    name: 'a string for Prisma',
    program: "forPrisma(prisma, /*here*/'select 1');",
    message: "Argument of type 'string' is not assignable to parameter of type 'Sql'.",
    twin: 'forPrisma(prisma, query);',
  },
];
