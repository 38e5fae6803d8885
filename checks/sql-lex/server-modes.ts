import type { Connection } from 'mysql2/promise';
import type { ServerModes } from '../../lib/sql/lex/rules.ts';

export const serverModes: readonly ServerModes[] = [
  {},
  { noBackslashEscapes: true },
  { ansiQuotes: true },
  { noBackslashEscapes: true, ansiQuotes: true },
];

export async function setModes(connection: Connection, modes: ServerModes): Promise<void> {
  const names = [
    ...(modes.noBackslashEscapes ? ['NO_BACKSLASH_ESCAPES'] : []),
    ...(modes.ansiQuotes ? ['ANSI_QUOTES'] : []),
  ];
  await connection.query(`set sql_mode = '${names.join(',')}'`);
}
