import { connectionMistake } from '../db/connection-mistake.ts';
import { connectPostgres } from '../db/postgres/connect.ts';
import type { Target } from '../db/target.ts';
import { type FoundTable, tablesOf } from './found-table.ts';

interface Row {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: boolean;
}

/** A partition is written through its table. Of a domain, udt_name is the type below. */
const query = `select c.table_schema as schema, c.table_name as "table", c.column_name as name, c.udt_name as type,
  c.is_nullable = 'YES' as nullable,
  c.column_default is not null or c.is_identity = 'YES' or c.is_generated = 'ALWAYS' as "default"
from information_schema.columns c
where c.table_schema = any($1) and not exists (
  select from pg_catalog.pg_class t join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  where n.nspname = c.table_schema and t.relname = c.table_name and t.relispartition)
order by c.table_schema, c.table_name, c.ordinal_position`;

/** The tables and views of some schemas that the role of the URL may see. `public` needs no name in statements. */
export async function postgresTables(
  target: Target,
  schemas: readonly string[],
): Promise<readonly FoundTable[]> {
  const client = await connectPostgres(target);
  try {
    const { rows } = await client.query<Row>(query, [schemas]);
    return tablesOf(
      rows.map((row) => ({
        ...row,
        schema: row.schema === 'public' ? undefined : row.schema,
        type: columnType(row.type),
      })),
    );
  } catch (error) {
    throw connectionMistake(target, error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The name of a list's type begins with an underscore. */
function columnType(type: string): string {
  const list = type.startsWith('_');
  const word = words.get(list ? type.slice(1) : type) ?? 'any';
  return list ? `${word === 'json' ? 'any' : word}[]` : word;
}

const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string:
      'text varchar bpchar char name citext uuid inet cidr macaddr macaddr8 interval time timetz xml bit varbit',
    integer: 'int2 int4 int8 oid',
    number: 'float4 float8',
    decimal: 'numeric money',
    boolean: 'bool',
    date: 'date timestamp timestamptz',
    bytes: 'bytea',
    json: 'json jsonb',
  }).flatMap(([word, types]) => types.split(' ').map((type): [string, string] => [type, word])),
);
