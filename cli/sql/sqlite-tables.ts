import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DbMistake } from '../db/mistake.ts';
import { printable } from '../db/printable.ts';
import { shown } from '../egress/shown.ts';
import { type FoundTable, tablesOf } from './found-table.ts';

interface Opened {
  prepare(sql: string): { all(): readonly Readonly<Record<string, unknown>>[] };
  close(): void;
}

const query = `select t.name as "table", c.name as name, c.type as type, c."notnull" as required, c.pk as pk,
  c.dflt_value is not null or c.hidden in (2, 3) as "default",
  (select count(*) from pragma_table_xinfo(t.name) k where k.pk > 0) as keys
from sqlite_schema t join pragma_table_xinfo(t.name) c
where t.type in ('table', 'view') and t.name not like 'sqlite\\_%' escape '\\' and c.hidden <> 1
order by t.name, c.cid`;

/** The tables and views of a file, read with the better-sqlite3 of the project that the command is run in. */
export function sqliteTables(file: string): readonly FoundTable[] {
  if (!existsSync(file))
    throw mistake(`There is no file ${shown(file)}.`, 'Give the path of a database: sqlite:shop.db');
  const database = open(file);
  try {
    return tablesOf(
      database
        .prepare(query)
        .all()
        .map((row) => {
          const type = String(row['type']).toUpperCase();
          const key = Number(row['pk']) > 0;
          // Such a column is the row's number, which SQLite chooses where none is given.
          const rowNumber = key && Number(row['keys']) === 1 && type === 'INTEGER';
          return {
            ...{ schema: undefined, table: String(row['table']), name: String(row['name']) },
            type: columnType(type),
            nullable: Number(row['required']) === 0 && !key,
            default: rowNumber || Number(row['default']) === 1,
          };
        }),
    );
  } catch (error) {
    throw mistake(
      `${shown(file)}: ${printable(String((error as Error).message))}.`,
      'Give the path of a database.',
    );
  } finally {
    database.close();
  }
}

function open(file: string): Opened {
  let Database: new (path: string, options: object) => Opened;
  try {
    Database = createRequire(join(process.cwd(), 'package.json'))('better-sqlite3') as typeof Database;
  } catch {
    throw mistake('better-sqlite3 is not installed here.', 'Run the command in the project that has it.');
  }
  return new Database(file, { readonly: true, fileMustExist: true });
}

/** By the words in it, as SQLite itself finds a column's affinity (sqlite.org/datatype3.html, 3.1), and by customs. */
function columnType(type: string): string {
  const found = words.find(([word]) => word.test(type));
  return found ? found[1] : 'any';
}

const words: readonly (readonly [RegExp, string])[] = [
  [/BOOL/, 'boolean'],
  [/INT/, 'integer'],
  [/JSON/, 'json'],
  [/CHAR|CLOB|TEXT/, 'string'],
  [/BLOB/, 'bytes'],
  [/REAL|FLOA|DOUB/, 'number'],
  [/^(?:DATE|TIMESTAMP)/, 'date'],
  [/^(?:DEC|NUMERIC)/, 'decimal'],
];

function mistake(what: string, fix: string): DbMistake {
  return new DbMistake('db/connect', what, 'Nothing was read.', fix);
}
