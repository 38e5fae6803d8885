/**
 * Kysely 0.27 and 0.28, Drizzle ORM 0.3x and 0.4x, MikroORM 6, @databases, sql-template-strings, squel, Waterline.
 * Documentation: https://kysely.dev, https://orm.drizzle.team/docs/sql
 */
import type { Models } from '../../../models/model.ts';

export const kysely: Models = {
  language: 'javascript',
  types: [
    ['kysely.Sql', 'kysely', 'Member[sql]'],
    ['drizzle.Sql', 'drizzle-orm', 'Member[sql]'],
    ['drizzle.Sql', 'drizzle-orm/sql', 'Member[sql]'],
    ...[
      'node-postgres',
      'postgres-js',
      'pg-proxy',
      'neon-http',
      'neon-serverless',
      'vercel-postgres',
      'pglite',
      'mysql2',
      'better-sqlite3',
      'libsql',
      'bun-sqlite',
      'd1',
    ].map((name) => ['drizzle.Database', `drizzle-orm/${name}`, 'Member[drizzle].ReturnValue'] as const),
    ['drizzle.Database', 'drizzle.Database', 'Member[transaction].Argument[0].Parameter[0]'],
    ['mikro.Manager', '@mikro-orm/core', 'Member[EntityManager].Instance'],
    ['mikro.Manager', '@mikro-orm/postgresql', 'Member[EntityManager,SqlEntityManager].Instance'],
    ['mikro.Manager', '@mikro-orm/mysql', 'Member[EntityManager,SqlEntityManager].Instance'],
    ['mikro.Manager', '@mikro-orm/knex', 'Member[EntityManager,SqlEntityManager].Instance'],
    ['databases.Sql', '@databases/pg', 'Member[sql]'],
    ['databases.Sql', '@databases/mysql', 'Member[sql]'],
    ['databases.Sql', '@databases/sqlite', 'Member[sql]'],
    ['databases.Sql', '@databases/sql', ''],
  ],
  sources: [
    ['drizzle.Database', 'Member[execute,all,get].ReturnValue', 'stored'],
    ['drizzle.Database', 'Member[query].AnyMember.Member[findFirst,findMany].ReturnValue', 'stored'],
    ['drizzle.Database', 'Member[select].ReturnValue.Member[from].ReturnValue', 'stored'],
    [
      'drizzle.Database',
      'Member[select].ReturnValue.Member[from].ReturnValue.Member[where].ReturnValue',
      'stored',
    ],
  ],
  sinks: [
    ['kysely.Sql', 'Member[raw,lit].Argument[0]', 'sql'],
    ['kysely.Sql', 'Member[literal].Argument[0]', 'sql'],
    ['kysely', 'Member[CompiledQuery].Member[raw].Argument[0]', 'sql'],
    ['drizzle.Sql', 'Member[raw].Argument[0]', 'sql'],
    ['drizzle.Database', 'Member[execute,run,all,get,values].Argument[0]', 'sql'],
    ['mikro.Manager', 'Member[execute].Argument[0]', 'sql'],
    ['mikro.Manager', 'Member[getConnection].ReturnValue.Member[execute].Argument[0]', 'sql'],
    ['@mikro-orm/core', 'Member[raw].Argument[0]', 'sql'],
    ['databases.Sql', 'Member[__dangerous__rawValue].Argument[0]', 'sql'],
  ],
  sanitizers: [
    ['kysely.Sql', 'ReturnValue', ['sql']],
    ['kysely.Sql', 'Member[val,ref,id,table].ReturnValue', ['sql']],
    ['drizzle.Sql', 'ReturnValue', ['sql']],
    ['drizzle.Sql', 'Member[param,identifier,placeholder].ReturnValue', ['sql']],
    ['databases.Sql', 'ReturnValue', ['sql']],
    ['sql-template-strings', 'ReturnValue', ['sql']],
    ['sql-template-strings', 'Member[SQL].ReturnValue', ['sql']],
    ['sql-template-tag', 'ReturnValue', ['sql']],
  ],
};
