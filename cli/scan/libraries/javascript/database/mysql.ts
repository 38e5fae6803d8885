/**
 * mysql 2.18, mysql2 3 (and its promise API), promise-mysql, mariadb 3. Documentation:
 * https://sidorares.github.io/node-mysql2/docs
 */
import type { Models } from '../../../models/model.ts';

const packages = ['mysql', 'mysql2', 'mysql2/promise', 'promise-mysql', 'mariadb'];

export const mysql: Models = {
  language: 'javascript',
  types: [
    ...packages.flatMap((name) => [
      ['mysql.Connection', name, 'Member[createConnection,createPool].ReturnValue'] as const,
      ['mysql.Connection', name, 'Member[Connection,Pool,PoolConnection].Instance'] as const,
      ['mysql.Cluster', name, 'Member[createPoolCluster].ReturnValue'] as const,
    ]),
    ['mysql.Connection', 'mysql.Connection', 'Member[getConnection].ReturnValue'],
    ['mysql.Connection', 'mysql.Connection', 'Member[getConnection].Argument[0].Parameter[1]'],
    ['mysql.Connection', 'mysql.Connection', 'Member[promise].ReturnValue'],
    ['mysql.Connection', 'mysql.Cluster', 'Member[of].ReturnValue'],
    ['mysql.Connection', 'mysql.Cluster', 'Member[getConnection].Argument[0,1,2].Parameter[1]'],
  ],
  sources: [
    ['mysql.Connection', 'Member[query,execute].ReturnValue', 'stored'],
    ['mysql.Connection', 'Member[query,execute].Argument[1,2].Parameter[1]', 'stored'],
  ],
  sinks: [
    ['mysql.Connection', 'Member[query,execute,prepare,batch,queryStream].Argument[0]', 'sql'],
    ['mysql.Connection', 'Member[query,execute,batch].Argument[0].Member[sql]', 'sql'],
    ['mysql', 'Member[raw].Argument[0]', 'sql'],
    ['mysql2', 'Member[raw].Argument[0]', 'sql'],
    ['mysql2/promise', 'Member[raw].Argument[0]', 'sql'],
    ['sqlstring', 'Member[raw].Argument[0]', 'sql'],
  ],
  summaries: [
    ['mysql', 'Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['mysql2', 'Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['sqlstring', 'Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['mysql.Connection', 'Member[format]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ...[...packages, 'mysql.Connection', 'sqlstring'].map(
      (name) => [name, 'Member[escape,escapeId].ReturnValue', ['sql']] as const,
    ),
  ],
};
