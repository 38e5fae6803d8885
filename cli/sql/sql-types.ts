import { readFileSync, writeFileSync } from 'node:fs';
import { DbMistake } from '../db/mistake.ts';
import { passwordOfFile } from '../db/password.ts';
import { readTarget } from '../db/target.ts';
import { shown } from '../egress/shown.ts';
import type { FoundTable } from './found-table.ts';
import { mariadbTables } from './mariadb-tables.ts';
import { postgresTables } from './postgres-tables.ts';
import { sqliteTables } from './sqlite-tables.ts';
import { mark, typesFile } from './types-file.ts';

export interface SqlTypesOptions {
  readonly url: string;
  readonly schema: readonly string[];
  readonly out?: string | undefined;
  readonly check: boolean;
  readonly passwordFile?: string | undefined;
}

export interface SqlTypesResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 1;
}

/**
 * The definitions of a database's tables: printed, written to a file, or compared with one (exit code 1 where they
 * differ).
 *
 * @throws {DbMistake} for options that are wrong, and where no connection can be made.
 */
export async function sqlTypes(options: SqlTypesOptions): Promise<SqlTypesResult> {
  const { out, check } = options;
  if (check && out === undefined) {
    throw mistake('--check needs --out.', 'It compares a file with the database.', 'Add --out src/tables.ts');
  }
  const before = out === undefined ? undefined : existing(out);
  const text = typesFile(await tables(options));
  if (out === undefined) return { stdout: text, stderr: '', exitCode: 0 };
  if (check) {
    if (before === text) return { stdout: '', stderr: '', exitCode: 0 };
    const stderr = `${shown(out)} is not what the database says. Run the command without --check.\n`;
    return { stdout: '', stderr, exitCode: 1 };
  }
  if (before !== text) write(out, text);
  return { stdout: '', stderr: '', exitCode: 0 };
}

async function tables({ url, schema, passwordFile }: SqlTypesOptions): Promise<readonly FoundTable[]> {
  const file = /^sqlite:(?:\/\/)?(.+)$/s.exec(url)?.[1];
  if (file !== undefined) {
    onlyPostgres(schema);
    return sqliteTables(file);
  }
  const password = passwordFile === undefined ? undefined : passwordOfFile('--password-file', passwordFile);
  const target = readTarget('the URL', url, password);
  if (target.dialect === 'postgres') return postgresTables(target, schema.length > 0 ? schema : ['public']);
  onlyPostgres(schema);
  return mariadbTables(target);
}

function onlyPostgres(schema: readonly string[]): void {
  if (schema.length === 0) return;
  throw mistake('--schema is for PostgreSQL.', 'Elsewhere the URL names the database.', 'Leave it out.');
}

/** What is in the file, or undefined without one. A file that this command did not write is nothing to write over. */
function existing(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(path, error);
  }
  if (text === '' || text.startsWith(`${mark}\n`)) return text;
  throw mistake(
    `--out ${shown(path)} holds something else.`,
    'It does not begin as the files of this command do, and would be lost.',
    'Name another file, or delete this one.',
  );
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): DbMistake {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const what = `--out ${shown(path)} cannot be used (${code}).`;
  return mistake(what, 'Nothing was written.', 'Name a file in a folder that there is.');
}

function mistake(what: string, why: string, fix: string): DbMistake {
  return new DbMistake('db/option', what, why, fix);
}
