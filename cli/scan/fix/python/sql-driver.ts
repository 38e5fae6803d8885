import type { Binding } from '../sql/bind-values.ts';
import { connectionModule } from './connection-module.ts';
import { importedModules, importedTexts } from './imports.ts';
import { childOf, type PythonFile, type PythonNode } from './python-file.ts';

const question = { write: () => '?', numbered: false, placeholder: /\?/, never: /\?/, doubleQuotes: false };
const percent = { write: () => '%s', numbered: false, placeholder: /%s/, never: /%/ };
const sqlite: Binding = { ...question, textLimit: true, bareIsTyped: true };
const odbc: Binding = { ...question, textLimit: false, bareIsTyped: false };
const postgres: Binding = { ...percent, doubleQuotes: false, textLimit: true, bareIsTyped: false };
const mysql: Binding = { ...percent, doubleQuotes: true, textLimit: false, bareIsTyped: true };
/** The parameter syntax of Django, which uses `%s` for all of its databases. */
export const djangoBinding: Binding = {
  ...percent,
  doubleQuotes: false,
  textLimit: false,
  bareIsTyped: true,
};

/** The parameter syntax of drivers: `paramstyle` of PEP 249. */
const drivers: ReadonlyMap<string, Binding | undefined> = new Map<string, Binding | undefined>([
  ['sqlite3', sqlite],
  ['aiosqlite', sqlite],
  ['pyodbc', odbc],
  ['psycopg', postgres],
  ['psycopg2', postgres],
  ['psycopg_pool', postgres],
  ['aiopg', postgres],
  ['pymysql', mysql],
  ['MySQLdb', mysql],
  ['mysql', mysql],
  ['aiomysql', mysql],
  ['flask_mysqldb', mysql],
  ['flaskext', mysql],
  ['django', djangoBinding],
  ['duckdb', odbc],
  ['pymssql', { ...percent, doubleQuotes: false, textLimit: false, bareIsTyped: false }],
  ['pg8000', { ...percent, doubleQuotes: false, textLimit: false, bareIsTyped: false }],
  // `:1` and `:name`, which are not supported. They are listed so that a file that imports one is not treated as another
  // driver's.
  ['oracledb', undefined],
  ['cx_Oracle', undefined],
  ['snowflake', undefined],
  ['clickhouse_driver', undefined],
]);

/**
 * The parameter syntax of the database driver that a call uses. If the call's driver is unknown, looks at the drivers that
 * the file imports. If it imports none, looks at those that its imported project modules import. Undefined if the drivers
 * found differ in their syntax, or if none is supported.
 */
export function driverOf(
  file: PythonFile,
  sources: (path: string) => string | undefined,
  call: PythonNode,
): Binding | undefined {
  const called = childOf(call, 'function');
  const receiver = called && childOf(called, 'object');
  const module = receiver && connectionModule(file, receiver);
  const [own] = module === undefined ? [] : driversOf(module);
  if (own) return own.binding;
  const named = importedModules(file).flatMap(driversOf);
  const all = named.length > 0 ? named : importedTexts(file, sources).flatMap(modulesIn).flatMap(driversOf);
  const bindings = new Set(all.map(({ binding }) => binding));
  return bindings.size === 1 ? [...bindings][0] : undefined;
}

interface Driver {
  /** Undefined for a driver with unsupported placeholders. */
  readonly binding: Binding | undefined;
}

function driversOf(module: string): Driver[] {
  const [root = ''] = module.split('.');
  if (root === 'django' && !module.startsWith('django.db')) return [];
  if (root === 'flaskext' && module !== 'flaskext.mysql') return [];
  return drivers.has(root) ? [{ binding: drivers.get(root) }] : [];
}

/** The imports of a module, by its text, without parsing it. */
function modulesIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:import|from)\s+([\w.]+)/gm)].map(([, module]) => module as string);
}
