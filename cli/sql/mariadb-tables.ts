import type { Connection } from 'mysql2/promise';
import { connectionMistake } from '../db/connection-mistake.ts';
import { connectMariadb, rowsOf } from '../db/mariadb/connect.ts';
import type { Target } from '../db/target.ts';
import { type FoundTable, tablesOf } from './found-table.ts';

const query = `select table_name as 'table', column_name as name, data_type as type, column_type as full_type,
  is_nullable = 'YES' as nullable, column_default as value, extra
from information_schema.columns where table_schema in (?)
order by table_name, ordinal_position`;

/** On MariaDB JSON is text with a check, whose name is that of the column. */
const jsonQuery = `select table_name as 'table', constraint_name as name from information_schema.check_constraints
where constraint_schema in (?) and level = 'Column' and check_clause like 'json_valid(%'`;

/** The tables and views of the URL's database, on MariaDB and MySQL. */
export async function mariadbTables(target: Target): Promise<readonly FoundTable[]> {
  const connection = await connectMariadb(target);
  try {
    const json = await jsonColumns(connection, target.database);
    const rows = await rowsOf(connection, query, [[target.database]]);
    return tablesOf(
      rows.map((row) => {
        const [table, name] = [String(row['table']), String(row['name'])];
        const nullable = Number(row['nullable']) === 1;
        return {
          ...{ schema: undefined, table, name, nullable },
          type: json.has(keyOf(table, name))
            ? 'json'
            : columnType(String(row['type']), String(row['full_type'])),
          default:
            hasDefault(row['value'], nullable) || /auto_increment|generated/i.test(String(row['extra'])),
        };
      }),
    );
  } catch (error) {
    throw connectionMistake(target, error);
  } finally {
    await connection.end().catch(() => {});
  }
}

async function jsonColumns(connection: Connection, database: string): Promise<ReadonlySet<string>> {
  const [server] = await rowsOf(connection, 'select version() as version');
  if (!String(server?.['version']).includes('MariaDB')) return new Set();
  const rows = await rowsOf(connection, jsonQuery, [[database]]);
  return new Set(rows.map((row) => keyOf(String(row['table']), String(row['name']))));
}

function keyOf(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

/** MariaDB writes the word NULL for a column that takes it and says nothing else. */
function hasDefault(value: unknown, nullable: boolean): boolean {
  return value !== null && value !== undefined && !(nullable && String(value) === 'NULL');
}

function columnType(type: string, full: string): string {
  // What `boolean` is an alias of.
  if (/^tinyint\(1\)/i.test(full)) return 'boolean';
  return words.get(type.toLowerCase()) ?? 'any';
}

const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string: 'char varchar tinytext text mediumtext longtext enum set time uuid inet4 inet6',
    integer: 'tinyint smallint mediumint int bigint year',
    number: 'float double',
    decimal: 'decimal',
    date: 'date datetime timestamp',
    bytes: 'binary varbinary tinyblob blob mediumblob longblob',
    json: 'json',
  }).flatMap(([word, types]) => types.split(' ').map((type): [string, string] => [type, word])),
);
