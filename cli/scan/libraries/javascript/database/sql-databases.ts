/**
 * mssql 11, oracledb 6, tedious, snowflake-sdk, @clickhouse/client, duckdb, odbc, ibm_db, and connections that are only
 * known by name. Documentation: https://tediousjs.github.io/node-mssql
 */
import type { Models } from '../../../models/model.ts';

export const sqlDatabases: Models = {
  language: 'javascript',
  types: [
    ['mssql.Request', 'mssql', 'Member[Request].Instance'],
    ['mssql.Request', 'mssql.Pool', 'Member[request].ReturnValue'],
    ['mssql.Request', 'mssql.Request', 'Member[input,output].ReturnValue'],
    ['mssql.Pool', 'mssql', 'Member[ConnectionPool,Transaction,PreparedStatement].Instance'],
    ['mssql.Pool', 'mssql', 'Member[connect].ReturnValue'],
    ['mssql.Pool', 'mssql.Pool', 'Member[connect].ReturnValue'],
    ['mssql.Pool', 'mssql.Pool', 'Member[transaction].ReturnValue'],
    ['oracledb.Connection', 'oracledb', 'Member[getConnection].ReturnValue'],
    ['oracledb.Connection', 'oracledb', 'Member[getConnection].Argument[0,1].Parameter[1]'],
    ['oracledb.Connection', 'oracledb', 'Member[Connection].Instance'],
    ['oracledb.Connection', 'oracledb', 'Member[createPool].ReturnValue.Member[getConnection].ReturnValue'],
    ['snowflake.Connection', 'snowflake-sdk', 'Member[createConnection].ReturnValue'],
    ['clickhouse.Client', '@clickhouse/client', 'Member[createClient].ReturnValue'],
    ['clickhouse.Client', '@clickhouse/client-web', 'Member[createClient].ReturnValue'],
    ['duckdb.Connection', 'duckdb', 'Member[Database,Connection].Instance'],
    ['duckdb.Connection', 'duckdb.Connection', 'Member[connect].ReturnValue'],
    ['sql.Connection', 'odbc', 'Member[connect,pool].ReturnValue'],
    ['sql.Connection', 'ibm_db', 'Member[open,openSync].ReturnValue'],
  ],
  sources: [
    ['mssql.Request', 'Member[query,batch].ReturnValue.Member[recordset,recordsets]', 'stored'],
    ['mssql.Pool', 'Member[query].ReturnValue.Member[recordset,recordsets]', 'stored'],
    ['oracledb.Connection', 'Member[execute].ReturnValue.Member[rows]', 'stored'],
    ['sql.Connection', 'Member[query].ReturnValue', 'stored'],
    ['sql.Connection', 'Member[query,all,each].Argument[1,2].Parameter[1]', 'stored'],
  ],
  sinks: [
    ['mssql.Request', 'Member[query,batch].Argument[0]', 'sql'],
    ['mssql', 'Member[query,batch].Argument[0]', 'sql'],
    ['mssql.Pool', 'Member[query,batch,prepare].Argument[0]', 'sql'],
    ['oracledb.Connection', 'Member[execute,executeMany,queryStream,getStatementInfo].Argument[0]', 'sql'],
    ['tedious', 'Member[Request].Argument[0]', 'sql'],
    ['snowflake.Connection', 'Member[execute].Argument[0].Member[sqlText]', 'sql'],
    ['clickhouse.Client', 'Member[query,command,exec].Argument[0].Member[query]', 'sql'],
    ['duckdb.Connection', 'Member[all,run,each,exec,prepare,stream].Argument[0]', 'sql'],
    ['alasql', 'Argument[0]', 'sql'],
    ['sql.Connection', 'Member[query,execute,exec,prepare,run,all,each,raw,unsafe].Argument[0]', 'sql'],
    ['sql.Connection', 'Member[query,execute].Argument[0].Member[sql,text]', 'sql'],
    ['cassandra-driver', 'Member[Client].Instance.Member[execute,eachRow,stream].Argument[0]', 'sql'],
    ['@google-cloud/bigquery', 'Member[BigQuery].Instance.Member[query,createQueryJob].Argument[0]', 'sql'],
    [
      '@google-cloud/bigquery',
      'Member[BigQuery].Instance.Member[query,createQueryJob].Argument[0].Member[query]',
      'sql',
    ],
    ['neo4j-driver', 'Member[driver].ReturnValue.Member[session].ReturnValue.Member[run].Argument[0]', 'sql'],
  ],
  guesses: [['sql.Connection', ['db', 'conn', 'connection', 'database', 'pool']]],
};
