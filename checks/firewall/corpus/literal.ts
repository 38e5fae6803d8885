import type { Dialect } from './firewall-case.ts';

const mysqlEscapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

/** A string literal as the drivers' own escape functions write it: pg's escapeLiteral, sqlstring, SQLite's %Q. */
export function literal(dialect: Dialect, value: string): string {
  if (dialect === 'mysql') {
    return `'${[...value].map((char) => mysqlEscapes[char] ?? char).join('')}'`;
  }
  const doubled = value.replaceAll("'", "''");
  if (dialect === 'postgres' && value.includes('\\')) return ` E'${doubled.replaceAll('\\', '\\\\')}'`;
  return `'${doubled}'`;
}

/** What stands between the quotes of a literal whose quotes are doubled, and in MySQL its backslashes too. */
export function doubled(dialect: Dialect, value: string): string {
  const quotes = value.replaceAll("'", "''");
  return dialect === 'mysql' ? quotes.replaceAll('\\', '\\\\') : quotes;
}

/** A quoted name, its own quotes doubled. */
export function quotedName(dialect: Dialect, name: string): string {
  return dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}
