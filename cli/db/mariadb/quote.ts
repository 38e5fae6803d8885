/**
 * Names and strings for a session whose sql_mode has neither NO_BACKSLASH_ESCAPES nor ANSI_QUOTES. What they are in is
 * given to {@link printableStatement} where it is printed.
 */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export interface Account {
  readonly user: string;
  readonly host: string;
}

/** `'shop_rw'@'10.2.0.%'` */
export function accountName({ user, host }: Account): string {
  return `${literal(user)}@${literal(host)}`;
}

/**
 * A database in a GRANT, where `_` and `%` are wildcards: `shop_db` would be a grant on `shopXdb` too.
 *
 * @example
 * ```text
 * databasePattern('shop_db') -> `shop\_db`
 * ```
 */
export function databasePattern(database: string): string {
  return identifier(database.replace(/[\\_%]/g, (character) => `\\${character}`));
}

/**
 * The statement itself, or where a name in it is not printable ASCII, the same in hexadecimal: there is no escape in a
 * name of MariaDB, and a line break or an escape sequence acts on who reads it (CWE-150).
 */
export function printableStatement(statement: string): string {
  if (/^[\x20-\x7e]*$/.test(statement)) return statement;
  const hex = Buffer.from(statement.replace(/;$/, '')).toString('hex');
  return `execute immediate convert(0x${hex} using utf8mb4);`;
}
