/**
 * pg 8, pg-promise 11 and 12, postgres 3, slonik 46 to 48, @electric-sql/pglite, @vercel/postgres,
 * @neondatabase/serverless. Documentation: https://node-postgres.com/apis/client
 */
import type { Condition, Models } from '../../../models/model.ts';

const promised = 'query,any,one,oneOrNone,many,manyOrNone,map,each,none,multi,multiResult,result';
const asRaw: Condition = { at: 'Argument[0]', has: [':raw', '^}', '^)', '^>'] };

export const postgres: Models = {
  language: 'javascript',
  types: [
    ...['pg', '@vercel/postgres', '@neondatabase/serverless'].map(
      (name) => ['pg.Client', name, 'Member[Client,Pool].Instance'] as const,
    ),
    ['pg.Client', 'pg', 'Member[native].Member[Client,Pool].Instance'],
    ['pg.Client', 'pg', 'Member[PoolClient,ClientBase].Instance'],
    ['pg.Client', 'pg-pool', 'Instance'],
    ['pg.Client', '@vercel/postgres', 'Member[createPool,createClient].ReturnValue'],
    ['pg.Client', 'pg.Client', 'Member[connect].ReturnValue'],
    ['pg.Client', 'pg.Client', 'Member[connect].Argument[0].Parameter[1]'],
    ['pg.Query', 'pg.Client', 'Member[query]'],
    ['pgp.Main', 'pg-promise', 'ReturnValue'],
    ['pgp.Database', 'pgp.Main', 'ReturnValue'],
    ['pgp.Database', 'pg-promise', 'Member[IDatabase,ITask,IBaseProtocol].Instance'],
    ['pgp.Database', 'pgp.Database', 'Member[task,taskIf,tx,txIf].Argument[0,1].Parameter[0]'],
    ['pgp.Database', 'pgp.Database', 'Member[connect].ReturnValue'],
    ['postgresjs.Sql', 'postgres', 'ReturnValue'],
    ['postgresjs.Sql', 'postgres', 'Member[Sql].Instance'],
    ['postgresjs.Sql', 'postgresjs.Sql', 'Member[begin].Argument[0,1].Parameter[0]'],
    ['postgresjs.Sql', 'postgresjs.Sql', 'Member[reserve].ReturnValue'],
    ['pglite.Database', '@electric-sql/pglite', 'Member[PGlite].Instance'],
    ['pglite.Database', '@electric-sql/pglite', 'Member[PGlite].Member[create].ReturnValue'],
    ['pglite.Database', 'pglite.Database', 'Member[transaction].Argument[0].Parameter[0]'],
    ['slonik.Pool', 'slonik', 'Member[createPool].ReturnValue'],
    ['slonik.Pool', 'slonik.Pool', 'Member[connect,transaction].Argument[0].Parameter[0]'],
  ],
  sources: [
    ['pg.Query', 'ReturnValue.Member[rows]', 'stored'],
    ['pg.Query', 'Argument[1,2].Parameter[1].Member[rows]', 'stored'],
    ['pgp.Database', 'Member[query,any,one,oneOrNone,many,manyOrNone,map,each,func].ReturnValue', 'stored'],
    ['pgp.Database', 'Member[result].ReturnValue.Member[rows]', 'stored'],
    ['postgresjs.Sql', 'ReturnValue', 'stored'],
    ['postgresjs.Sql', 'Member[unsafe].ReturnValue', 'stored'],
    ['pglite.Database', 'Member[query,sql].ReturnValue.Member[rows]', 'stored'],
    [
      'slonik.Pool',
      'Member[any,one,maybeOne,many,anyFirst,oneFirst,maybeOneFirst,manyFirst].ReturnValue',
      'stored',
    ],
    ['slonik.Pool', 'Member[query].ReturnValue.Member[rows]', 'stored'],
  ],
  sinks: [
    ['pg.Query', 'Argument[0]', 'sql'],
    ['pg.Query', 'Argument[0].Member[text]', 'sql'],
    ['pg', 'Member[Query].Argument[0]', 'sql'],
    ['pg-cursor', 'Argument[0]', 'sql'],
    // Parts of a query that are inserted unquoted.
    ['pgp.Database', `Member[${promised}].Argument[1]`, 'sql', asRaw],
    ['pgp.Database', `Member[${promised}].Argument[1].AnyMember`, 'sql', asRaw],
    ['pg-query-stream', 'Argument[0]', 'sql'],
    ['pg-copy-streams', 'Member[from,to].Argument[0]', 'sql'],
    ['pgp.Database', `Member[${promised},func,proc,stream].Argument[0]`, 'sql'],
    [
      'pgp.Database',
      'Member[query,any,one,oneOrNone,many,manyOrNone,none,result].Argument[0].Member[text]',
      'sql',
    ],
    ['pgp.Main', 'Member[ParameterizedQuery,PreparedStatement].Argument[0]', 'sql'],
    ['pgp.Main', 'Member[ParameterizedQuery,PreparedStatement].Argument[0].Member[text]', 'sql'],
    ['pgp.Main', 'Member[as].Member[format].Argument[0]', 'sql'],
    ['postgresjs.Sql', 'Member[unsafe].Argument[0]', 'sql'],
    ['postgresjs.Sql', 'Member[file].Argument[0]', 'path'],
    ['pglite.Database', 'Member[query,exec].Argument[0]', 'sql'],
    ['slonik-sql-tag-raw', 'Member[raw].Argument[0]', 'sql'],
  ],
  sanitizers: [
    ['pg', 'Member[escapeIdentifier,escapeLiteral].ReturnValue', ['sql']],
    ['pg.Client', 'Member[escapeIdentifier,escapeLiteral].ReturnValue', ['sql']],
    ['pg-format', 'Member[ident,literal].ReturnValue', ['sql']],
    ['pgp.Main', 'Member[as].Member[name,value,text,csv,json,number,date].ReturnValue', ['sql']],
  ],
  summaries: [
    // %L and %I quote their values, %s does not. The format itself is SQL.
    ['pg-format', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['pg-format', '', 'Argument[1..]', 'ReturnValue', 'taint', { at: 'Argument[0]', has: ['%s', '$s'] }],
    ['pgp.Main', 'Member[as].Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  guesses: [['pg.Client', ['pgClient', 'pgPool', 'pool']]],
};
