/**
 * Databases with a query language of their own, or that are not relational: neo4j-driver 5, arangojs 8 to 10, surrealdb
 * 1, couchbase 4, cassandra-driver 4, influx 5, @influxdata/influxdb-client 1, @sap/hana-client 2, hdb 0.19,
 * @duckdb/node-api 1, rqlite-js, massive 6, Waterline 0.15, alasql 4. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const work = 'executeRead,executeWrite,readTransaction,writeTransaction';
const duckdbReads =
  'run,runAndRead,runAndReadAll,runAndReadUntil,stream,streamAndRead,streamAndReadAll,streamAndReadUntil,prepare,start,startStream,extractStatements';

export const queryLanguages: Models = {
  language: 'javascript',
  types: [
    ['neo4j.Driver', 'neo4j-driver', 'Member[driver].ReturnValue'],
    ['neo4j.Driver', 'neo4j-driver', 'Member[Driver].Instance'],
    ['neo4j.Runner', 'neo4j.Driver', 'Member[session,rxSession].ReturnValue'],
    ['neo4j.Runner', 'neo4j-driver', 'Member[Session,Transaction,ManagedTransaction].Instance'],
    ['neo4j.Runner', 'neo4j.Runner', `Member[${work}].Argument[0].Parameter[0]`],
    ['neo4j.Runner', 'neo4j.Runner', 'Member[beginTransaction].ReturnValue'],
    ['arango.Database', 'arangojs', 'Member[Database].Instance'],
    ['arango.Database', 'arangojs', 'ReturnValue'],
    ['surreal.Client', 'surrealdb', 'Member[Surreal].Instance'],
    ['surreal.Client', 'surrealdb', 'Instance'],
    ['surreal.Client', 'surrealdb.js', 'Member[Surreal].Instance'],
    ['surreal.Client', 'surrealdb.js', 'Instance'],
    ['couchbase.Cluster', 'couchbase', 'Member[connect].ReturnValue'],
    ['couchbase.Cluster', 'couchbase', 'Member[Cluster].Instance'],
    ['couchbase.Cluster', 'couchbase', 'Member[Cluster].Member[connect].ReturnValue'],
    ['couchbase.Scope', 'couchbase.Cluster', 'Member[bucket].ReturnValue.Member[scope].ReturnValue'],
    ['influx.Client', 'influx', 'Member[InfluxDB].Instance'],
    [
      'influx.QueryApi',
      '@influxdata/influxdb-client',
      'Member[InfluxDB].Instance.Member[getQueryApi].ReturnValue',
    ],
    ['influx.QueryApi', '@influxdata/influxdb-client', 'Member[QueryApi].Instance'],
    ['hana.Connection', '@sap/hana-client', 'Member[createConnection].ReturnValue'],
    ['hana.Connection', 'hdb', 'Member[createClient].ReturnValue'],
    [
      'duckdb.Api',
      '@duckdb/node-api',
      'Member[DuckDBInstance].Member[create,fromCache].ReturnValue.Member[connect].ReturnValue',
    ],
    ['duckdb.Api', '@duckdb/node-api', 'Member[DuckDBConnection].Member[create].ReturnValue'],
    ['duckdb.Api', '@duckdb/node-api', 'Member[DuckDBConnection].Instance'],
    ['massive.Database', 'massive', 'ReturnValue'],
    ['waterline.Store', 'global', 'Member[sails].Member[getDatastore].ReturnValue'],
  ],
  sources: [
    ['neo4j.Runner', 'Member[run].ReturnValue.Member[records]', 'stored'],
    ['neo4j.Driver', 'Member[executeQuery].ReturnValue.Member[records]', 'stored'],
    ['hana.Connection', 'Member[exec,execute].ReturnValue', 'stored'],
    ['hana.Connection', 'Member[exec,execute].Argument[1,2].Parameter[1]', 'stored'],
  ],
  sinks: [
    ['neo4j.Runner', 'Member[run].Argument[0]', 'sql'],
    ['neo4j.Runner', 'Member[run].Argument[0].Member[text]', 'sql'],
    ['neo4j.Driver', 'Member[executeQuery].Argument[0]', 'sql'],
    ['neo4j.Driver', 'Member[executeQuery].Argument[0].Member[text]', 'sql'],
    ['arango.Database', 'Member[query].Argument[0]', 'sql'],
    ['arango.Database', 'Member[query].Argument[0].Member[query]', 'sql'],
    ['arangojs', 'Member[aql].Member[literal].Argument[0]', 'sql'],
    ['surreal.Client', 'Member[query,queryRaw,query_raw].Argument[0]', 'sql'],
    ['couchbase.Cluster', 'Member[query,analyticsQuery].Argument[0]', 'sql'],
    ['couchbase.Scope', 'Member[query,analyticsQuery].Argument[0]', 'sql'],
    ['cassandra-driver', 'Member[Client].Instance.Member[batch].Argument[0].AnyMember', 'sql'],
    ['cassandra-driver', 'Member[Client].Instance.Member[batch].Argument[0].AnyMember.Member[query]', 'sql'],
    ['influx.Client', 'Member[query,queryRaw].Argument[0]', 'sql'],
    [
      'influx.QueryApi',
      'Member[collectRows,queryRows,queryRaw,queryLines,collectLines,iterateRows,iterateLines,rows,lines].Argument[0]',
      'sql',
    ],
    [
      'influx.QueryApi',
      'Member[collectRows,queryRows,queryRaw,iterateRows].Argument[0].Member[query]',
      'sql',
    ],
    ['@influxdata/influxdb-client', 'Member[fluxExpression].Argument[0]', 'sql'],
    ['hana.Connection', 'Member[exec,execute,prepare,execQuery].Argument[0]', 'sql'],
    ['duckdb.Api', `Member[${duckdbReads}].Argument[0]`, 'sql'],
    ['rqlite-js', 'Member[DataApiClient].Instance.Member[query,execute].Argument[0]', 'sql'],
    ['massive.Database', 'Member[query].Argument[0]', 'sql'],
    ['waterline.Store', 'Member[sendNativeQuery].Argument[0]', 'sql'],
    ['alasql', 'Member[promise,exec,compile].Argument[0]', 'sql'],
  ],
  sanitizers: [
    ['arangojs', 'Member[aql].ReturnValue', ['sql']],
    ['@influxdata/influxdb-client', 'Member[flux].ReturnValue', ['sql']],
    [
      '@influxdata/influxdb-client',
      'Member[fluxString,fluxInteger,fluxFloat,fluxBool,fluxDateTime,fluxDuration,sanitizeString].ReturnValue',
      ['sql'],
    ],
    ['influx', 'Member[escape].Member[quoted,stringLit,tag,measurement].ReturnValue', ['sql']],
    ['surrealdb', 'Member[surql].ReturnValue', ['sql']],
  ],
};
