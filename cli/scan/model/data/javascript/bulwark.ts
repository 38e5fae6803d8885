/** The guards of bulwark 0.1, and its doors for what is trusted. Documentation: docs/guards. */
import type { Models } from '../../model.ts';

const drivers = ['pg', 'pglite', 'mysql2', 'node-sqlite', 'better-sqlite3', 'postgres'];

export const bulwark: Models = {
  language: 'javascript',
  types: [
    ['bulwark.Fetch', 'bulwark/fetch', 'Member[createFetch].ReturnValue'],
    ['web.Answer', 'bulwark.Fetch', 'ReturnValue'],
    ['bulwark.Agents', 'bulwark/fetch', 'Member[createAgents].ReturnValue'],
    ['bulwark.Agent', 'bulwark.Agents', 'Member[http,https]'],
    ['bulwark.Agent', 'bulwark.Agents', ''],
    ['bulwark.Sanitizer', 'bulwark/html', 'Member[createSanitizer].ReturnValue'],
    ...drivers.map(
      (name) => ['bulwark.Database', `bulwark/sql/${name}`, 'Member[database].ReturnValue'] as const,
    ),
    ['bulwark.Database', 'bulwark/sql', 'Member[Database,ReadOnlyDatabase].Instance'],
    ['bulwark.Database', 'bulwark/sql', 'Member[readOnly].ReturnValue'],
    ['bulwark.Database', 'bulwark.Database', 'Member[transaction].Argument[0].Parameter[0]'],
    // A client behind a guard refuses what was put together; it is no client with sinks.
    ['bulwark.Guarded', 'bulwark/sql/pg', 'Member[guardPg].ReturnValue'],
    ['bulwark.Guarded', 'bulwark/sql/mysql2', 'Member[guardMysql2].ReturnValue'],
    ['bulwark.Guarded', 'bulwark/sql/postgres', 'Member[guardPostgres].ReturnValue'],
    ['bulwark.Guarded', 'bulwark/sql/knex', 'Member[guardKnex].ReturnValue'],
  ],
  sources: [
    ['bulwark.Database', 'Member[all,many,one,maybe,stream].ReturnValue', 'stored'],
    ['bulwark.Guarded', 'Member[query].ReturnValue.Member[rows]', 'stored'],
  ],
  sinks: [
    [
      'bulwark/unsafe/html',
      'Member[trustedHtml,trustedScript,trustedStyle,trustedUrl,trustedResourceUrl].Argument[0]',
      'xss',
    ],
    ['bulwark/unsafe/sql', 'Member[trustedSql].Argument[0]', 'sql'],
  ],
  sanitizers: [
    [
      'bulwark/html',
      'Member[html,sanitize,render,renderToStream,htmlResponse,escape,attrs].ReturnValue',
      ['xss'],
    ],
    ['bulwark/html', 'Member[safeUrl,resourceUrl,safeScript,safeStyle].ReturnValue', ['xss']],
    ['bulwark/html', 'Member[sanitizeWithReport].ReturnValue.Member[html]', ['xss']],
    ['bulwark/html', 'Member[inlineHashes].ReturnValue', ['xss', 'header']],
    ['bulwark.Sanitizer', 'ReturnValue', ['xss']],
    ['bulwark/sql', 'Member[sql].ReturnValue', ['sql']],
    [
      'bulwark/sql',
      'Member[sql].Member[identifier,orderBy,and,or,join,in,notIn,json,values,set,upsert,keyset,table,as].ReturnValue',
      ['sql'],
    ],
    ['bulwark/sql/pg', 'Member[forPg].ReturnValue', ['sql']],
    ['bulwark/sql/mysql2', 'Member[forMysql2].ReturnValue', ['sql']],
    ['bulwark/sql/postgres', 'Member[forPostgres].ReturnValue', ['sql']],
    ['bulwark/sql/prisma', 'Member[forPrisma].ReturnValue', ['sql']],
    ['bulwark/sql/knex', 'Member[forKnex].ReturnValue', ['sql']],
    ['bulwark/sql/kysely', 'Member[forKysely].ReturnValue', ['sql']],
    ['bulwark/sql/drizzle', 'Member[forDrizzle].ReturnValue', ['sql']],
    ['bulwark/sql/sequelize', 'Member[forSequelize].ReturnValue', ['sql']],
    ['bulwark/sql/typeorm', 'Member[forTypeorm].ReturnValue', ['sql']],
    ['bulwark/event', 'Member[redact,visible].ReturnValue', ['log']],
    ['bulwark/request', 'Member[clientAddress].ReturnValue', 'all'],
  ],
};
