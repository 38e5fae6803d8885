/**
 * SQL that is sent to a service: @google-cloud/spanner 7, the AWS SDK 3 (RDS Data, Redshift Data, Athena, DynamoDB's PartiQL,
 * Timestream), @azure/cosmos 4, @planetscale/database 1, @neondatabase/serverless 1, @databricks/sql 1, trino-client 0.2,
 * presto-client 1, jsforce 3. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

/** Commands of the AWS SDK with a statement: package, classes, field. */
const commands = [
  ['@aws-sdk/client-rds-data', 'ExecuteStatementCommand,BatchExecuteStatementCommand', 'sql'],
  ['@aws-sdk/client-redshift-data', 'ExecuteStatementCommand', 'Sql'],
  [
    '@aws-sdk/client-athena',
    'StartQueryExecutionCommand,CreatePreparedStatementCommand',
    'QueryString,QueryStatement',
  ],
  ['@aws-sdk/client-dynamodb', 'ExecuteStatementCommand', 'Statement'],
  ['@aws-sdk/lib-dynamodb', 'ExecuteStatementCommand', 'Statement'],
  ['@aws-sdk/client-timestream-query', 'QueryCommand,PrepareQueryCommand', 'QueryString'],
] as const;

/** The same as methods of a client: `new Athena({}).startQueryExecution({ ... })`. */
const methods = [
  ['@aws-sdk/client-rds-data', 'RDSData', 'executeStatement,batchExecuteStatement', 'sql'],
  ['@aws-sdk/client-redshift-data', 'RedshiftData', 'executeStatement', 'Sql'],
  ['@aws-sdk/client-athena', 'Athena', 'startQueryExecution', 'QueryString'],
  ['@aws-sdk/client-dynamodb', 'DynamoDB', 'executeStatement', 'Statement'],
  ['@aws-sdk/lib-dynamodb', 'DynamoDBDocument', 'executeStatement', 'Statement'],
  ['@aws-sdk/client-timestream-query', 'TimestreamQuery', 'query', 'QueryString'],
] as const;

const spannerReads = 'run,runStream,runUpdate,runPartitionedUpdate,createReadStream';

export const sqlServices: Models = {
  language: 'javascript',
  types: [
    [
      'spanner.Database',
      '@google-cloud/spanner',
      'Member[Spanner].Instance.Member[instance].ReturnValue.Member[database].ReturnValue',
    ],
    ['spanner.Database', '@google-cloud/spanner', 'Member[Database].Instance'],
    ['spanner.Database', '@google-cloud/spanner', 'Member[Transaction,Snapshot].Instance'],
    ['spanner.Database', 'spanner.Database', 'Member[runTransactionAsync].Argument[0,1].Parameter[0]'],
    ['spanner.Database', 'spanner.Database', 'Member[runTransaction].Argument[0,1].Parameter[1]'],
    ['spanner.Database', 'spanner.Database', 'Member[getSnapshot].ReturnValue.Member[0]'],
    [
      'cosmos.Container',
      '@azure/cosmos',
      'Member[CosmosClient].Instance.Member[database].ReturnValue.Member[container].ReturnValue',
    ],
    ['cosmos.Container', '@azure/cosmos', 'Member[Container].Instance'],
    ['cosmos.Container', '@azure/cosmos', 'Member[Database].Instance.Member[container].ReturnValue'],
    ['planetscale.Connection', '@planetscale/database', 'Member[connect].ReturnValue'],
    ['planetscale.Connection', '@planetscale/database', 'Member[Client,Connection].Instance'],
    ['planetscale.Connection', 'planetscale.Connection', 'Member[connection].ReturnValue'],
    ['planetscale.Connection', 'planetscale.Connection', 'Member[transaction].Argument[0].Parameter[0]'],
    ['neon.Sql', '@neondatabase/serverless', 'Member[neon].ReturnValue'],
    ['databricks.Session', '@databricks/sql', 'Member[DBSQLClient].Instance.Member[openSession].ReturnValue'],
    [
      'databricks.Session',
      '@databricks/sql',
      'Member[DBSQLClient].Instance.Member[connect].ReturnValue.Member[openSession].ReturnValue',
    ],
    ['jsforce.Connection', 'jsforce', 'Member[Connection].Instance'],
  ],
  sources: [
    ['spanner.Database', 'Member[run].ReturnValue.Member[0]', 'stored'],
    ['planetscale.Connection', 'Member[execute].ReturnValue.Member[rows]', 'stored'],
    ['neon.Sql', 'Member[query].ReturnValue', 'stored'],
    [
      'cosmos.Container',
      'Member[items].Member[query].ReturnValue.Member[fetchAll].ReturnValue.Member[resources]',
      'stored',
    ],
  ],
  sinks: [
    ...commands.map(
      ([name, classes, field]) => [name, `Member[${classes}].Argument[0].Member[${field}]`, 'sql'] as const,
    ),
    ...methods.map(
      ([name, client, calls, field]) =>
        [name, `Member[${client}].Instance.Member[${calls}].Argument[0].Member[${field}]`, 'sql'] as const,
    ),
    [
      '@aws-sdk/client-redshift-data',
      'Member[BatchExecuteStatementCommand].Argument[0].Member[Sqls].AnyMember',
      'sql',
    ],
    ['spanner.Database', `Member[${spannerReads}].Argument[0]`, 'sql'],
    ['spanner.Database', `Member[${spannerReads}].Argument[0].Member[sql]`, 'sql'],
    ['spanner.Database', 'Member[batchUpdate].Argument[0].AnyMember', 'sql'],
    ['spanner.Database', 'Member[batchUpdate].Argument[0].AnyMember.Member[sql]', 'sql'],
    ['cosmos.Container', 'Member[items].Member[query].Argument[0]', 'sql'],
    ['cosmos.Container', 'Member[items].Member[query].Argument[0].Member[query]', 'sql'],
    ['planetscale.Connection', 'Member[execute].Argument[0]', 'sql'],
    // As a tag it binds its values. Called as a function, its text is SQL.
    ['neon.Sql', 'Argument[0]', 'sql'],
    ['neon.Sql', 'Member[query,unsafe].Argument[0]', 'sql'],
    ['@vercel/postgres', 'Member[sql,db].Member[query].Argument[0]', 'sql'],
    ['databricks.Session', 'Member[executeStatement].Argument[0]', 'sql'],
    ['trino-client', 'Member[Trino].Member[create].ReturnValue.Member[query].Argument[0]', 'sql'],
    [
      'trino-client',
      'Member[Trino].Member[create].ReturnValue.Member[query].Argument[0].Member[query]',
      'sql',
    ],
    ['presto-client', 'Member[Client].Instance.Member[execute].Argument[0].Member[query]', 'sql'],
    ['presto-client', 'Member[Client].Instance.Member[execute].Argument[0]', 'sql'],
    ['jsforce.Connection', 'Member[query,queryMore].Argument[0]', 'sql'],
  ],
};
