import type { Binding } from '../sql/bind-values.ts';
import { importedModules, importedTexts } from './imports.ts';
import type { PythonFile } from './python-file.ts';

const question = { write: () => '?', numbered: false, placeholder: /\?/, never: /\?/, doubleQuotes: false };
const percent = { write: () => '%s', numbered: false, placeholder: /%s/, never: /%/ };
const sqlite: Binding = { ...question, textLimit: true };
const odbc: Binding = { ...question, textLimit: false };
const postgres: Binding = { ...percent, doubleQuotes: false, textLimit: true };
const mysql: Binding = { ...percent, doubleQuotes: true, textLimit: false };
/** Django writes `%s` for each of its databases. */
const django: Binding = { ...percent, doubleQuotes: false, textLimit: false };

/** How drivers take parameters: `paramstyle` of PEP 249. */
const drivers: ReadonlyMap<string, Binding> = new Map([
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
  ['django', django],
]);

/** The one driver that a file imports; if it imports none, the one of its own modules. */
export function driverOf(
  file: PythonFile,
  sources: (path: string) => string | undefined,
): Binding | undefined {
  const own = new Set(importedModules(file).flatMap(driversOf));
  const found =
    own.size > 0 ? own : new Set(importedTexts(file, sources).flatMap(modulesIn).flatMap(driversOf));
  return found.size === 1 ? [...found][0] : undefined;
}

function driversOf(module: string): Binding[] {
  const [root = ''] = module.split('.');
  if (root === 'django' && !module.startsWith('django.db')) return [];
  if (root === 'flaskext' && module !== 'flaskext.mysql') return [];
  const binding = drivers.get(root);
  return binding ? [binding] : [];
}

/** Imports of a module that need not be parsed to be known. */
function modulesIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:import|from)\s+([\w.]+)/gm)].map(([, module]) => module as string);
}
