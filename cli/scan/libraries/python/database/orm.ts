// peewee 3.17.7, pandas 2.2.3, elasticsearch 8.17.2 read in Debian 13's packages; Tortoise ORM, Pony according to their
// documentation.
import type { Models } from '../../../models/model.ts';

/**
 * The object mappers peewee, Tortoise and Pony, and functions that read a database into data frames. SQLAlchemy and the
 * object mappers for MongoDB are in other files.
 */
export const orm: Models = {
  language: 'python',
  types: [
    [
      'peewee.Database',
      'peewee',
      'Member[SqliteDatabase,PostgresqlDatabase,MySQLDatabase,Database].Instance',
    ],
    ['peewee.Database', 'playhouse.db_url', 'Member[connect].ReturnValue'],
    [
      'peewee.Database',
      'playhouse.pool',
      'Member[PooledSqliteDatabase,PooledPostgresqlDatabase,PooledMySQLDatabase].Instance',
    ],
    ['peewee.Model', 'peewee', 'Member[Model]'],
    ['dbapi.Cursor', 'peewee.Database', 'Member[execute_sql].ReturnValue'],
    ['tortoise.Model', 'tortoise.models', 'Member[Model]'],
    ['tortoise.Model', 'tortoise', 'Member[Model]'],
    ['tortoise.Connection', 'tortoise', 'Member[Tortoise].Member[get_connection].ReturnValue'],
    ['tortoise.Connection', 'tortoise', 'Member[connections].Member[get].ReturnValue'],
    ['tortoise.Connection', 'tortoise.transactions', 'Member[in_transaction].ReturnValue'],
    ['pony.Database', 'pony.orm', 'Member[Database].Instance'],
  ],
  sources: [
    ['peewee.Model', 'Member[get,get_or_none,get_by_id,select].ReturnValue', 'stored'],
    ['tortoise.Model', 'Member[get,get_or_none,all,filter,first].ReturnValue', 'stored'],
    ['tortoise.Connection', 'Member[execute_query_dict].ReturnValue', 'stored'],
    ['pony.Database', 'Member[select,get].ReturnValue', 'stored'],
  ],
  sinks: [
    ['peewee.Database', 'Member[execute_sql].Argument[0,sql:]', 'sql'],
    ['peewee', 'Member[SQL].Argument[0,sql:]', 'sql'],
    ['peewee.Model', 'Member[raw].Argument[0,sql:]', 'sql'],
    ['peewee.Model', 'Argument[0..]', 'mass-assignment'],
    ['peewee.Model', 'Member[create,insert,update,get_or_create].Argument[0..]', 'mass-assignment'],
    [
      'tortoise.Connection',
      'Member[execute_query,execute_query_dict,execute_insert,execute_script,execute_many].Argument[0,query:]',
      'sql',
    ],
    ['tortoise.Model', 'Member[raw].Argument[0,sql:]', 'sql'],
    ['tortoise.expressions', 'Member[RawSQL].Argument[0,sql:]', 'sql'],
    ['tortoise.Model', 'Argument[0..]', 'mass-assignment'],
    ['tortoise.Model', 'Member[filter,exclude,get,get_or_none,first].Argument[**:]', 'mass-assignment'],
    ['tortoise.Model', 'Member[create,update_or_create,get_or_create].Argument[0..]', 'mass-assignment'],
    ['pony.Database', 'Member[execute,select,get,exists].Argument[0,sql:]', 'sql'],
    ['pony.orm', 'Member[raw_sql].Argument[0,sql:]', 'sql'],
    ['pandas', 'Member[read_sql,read_sql_query].Argument[0,sql:]', 'sql'],
    ['pandas.io.sql', 'Member[read_sql,read_sql_query].Argument[0,sql:]', 'sql'],
    ['polars', 'Member[read_database,read_database_uri].Argument[0,query:]', 'sql'],
  ],
  sanitizers: [['peewee', 'Member[SQL].ReturnValue', 'all']],
};
