/**
 * better-sqlite3 11 and 12, sqlite3 5, sqlite 5 (and node:sqlite of Node 22, which has the same name here), libsql,
 * expo-sqlite, sql.js. Documentation: https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md
 */
import type { Models } from '../../model.ts';

export const sqlite: Models = {
  language: 'javascript',
  types: [
    ['sqlite.Database', 'better-sqlite3', 'Instance'],
    ['sqlite.Database', 'better-sqlite3', 'ReturnValue'],
    ['sqlite.Database', 'better-sqlite3', 'Member[Database].Instance'],
    ['sqlite.Database', 'better-sqlite3-multiple-ciphers', 'Instance'],
    ['sqlite.Database', 'libsql', 'Instance'],
    ['sqlite.Database', 'global', 'Member[D1Database].Instance'],
    ['sqlite.Database', 'bun:sqlite', 'Member[Database].Instance'],
    ['sqlite.Database', 'sqlite', 'Member[DatabaseSync].Instance'],
    ['sqlite.Statement', 'sqlite.Database', 'Member[prepare,query].ReturnValue'],
    ['sqlite.Statement', 'sqlite.Statement', 'Member[bind,pluck,raw,expand].ReturnValue'],
    ['sqlite3.Database', 'sqlite3', 'Member[Database].Instance'],
    ['sqlite3.Database', 'sqlite3', 'Member[cached].Member[Database].ReturnValue'],
    ['sqlite3.Database', 'sqlite3', 'Member[verbose].ReturnValue.Member[Database].Instance'],
    ['sqlite3.Database', 'sqlite', 'Member[open].ReturnValue'],
    ['sqlite3.Database', 'sqlite', 'Member[Database].Instance'],
    ['sqlite3.Database', 'sqlite3.Database', 'Member[run,get,all,each,exec].ReturnValue'],
    ['libsql.Client', '@libsql/client', 'Member[createClient].ReturnValue'],
    ['libsql.Client', 'libsql.Client', 'Member[transaction].ReturnValue'],
    ['sqljs.Database', 'sql.js', 'ReturnValue.Member[Database].Instance'],
  ],
  sources: [
    ['sqlite.Statement', 'Member[get,all,iterate].ReturnValue', 'stored'],
    ['sqlite3.Database', 'Member[get,all].ReturnValue', 'stored'],
    ['sqlite3.Database', 'Member[get,all,each].Argument[1,2].Parameter[1]', 'stored'],
    ['libsql.Client', 'Member[execute].ReturnValue.Member[rows]', 'stored'],
  ],
  sinks: [
    ['sqlite.Database', 'Member[prepare,exec,query,run].Argument[0]', 'sql'],
    ['sqlite.Database', 'Member[loadExtension].Argument[0]', 'path'],
    ['sqlite3.Database', 'Member[run,get,all,each,exec,prepare].Argument[0]', 'sql'],
    ['libsql.Client', 'Member[execute,executeMultiple].Argument[0]', 'sql'],
    ['libsql.Client', 'Member[execute].Argument[0].Member[sql]', 'sql'],
    ['libsql.Client', 'Member[batch].Argument[0].AnyMember', 'sql'],
    ['libsql.Client', 'Member[batch].Argument[0].AnyMember.Member[sql]', 'sql'],
    ['sqljs.Database', 'Member[exec,run,prepare,each].Argument[0]', 'sql'],
  ],
};
