/** The guards of bulwark 0.1, and its escape hatches for trusted values. Documentation: docs/guards. */
import type { Models } from '../../models/model.ts';

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
  ],
  sources: [['bulwark.Database', 'Member[all,many,one,maybe,stream].ReturnValue', 'stored']],
  sinks: [
    [
      'bulwark/unsafe/html',
      'Member[trustedHtml,trustedScript,trustedStyle,trustedUrl,trustedResourceUrl].Argument[0]',
      'xss',
    ],
    ['bulwark/unsafe/sql', 'Member[trustedSql].Argument[0]', 'sql'],
  ],
  // A guard is a second line of defence for strings. The client stays a sink: otherwise report mode would hide the code that
  // must be rewritten.
  summaries: [
    ['bulwark/sql/pg', 'Member[guardPg]', 'Argument[0]', 'ReturnValue', 'value'],
    ['bulwark/sql/mysql2', 'Member[guardMysql2]', 'Argument[0]', 'ReturnValue', 'value'],
    ['bulwark/sql/postgres', 'Member[guardPostgres]', 'Argument[0]', 'ReturnValue', 'value'],
    ['bulwark/sql/knex', 'Member[guardKnex]', 'Argument[0]', 'ReturnValue', 'value'],
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
    ['bulwark/redirect', 'Member[safeRedirect,redirectTo].ReturnValue', ['redirect', 'header']],
    ['bulwark/request', 'Member[clientAddress].ReturnValue', 'all'],
  ],
};
