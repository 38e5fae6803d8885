import type { SinkKind } from '../kind.ts';

/** The text of an SQL statement. */
export const sql: SinkKind<'sql'> = {
  id: 'sql',
  takes: 'text',
  site: 'query',
  harmfulCharacters: ' \'"`;()#\\/*\n=,',
  removableCharacters: '\'"`;()# \\',
  // What reaches a database's statement is worth a look, however far it came.
  maxPath: 'unlimited',
};
