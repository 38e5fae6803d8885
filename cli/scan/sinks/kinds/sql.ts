import type { SinkKind } from '../kind.ts';

/** The text of an SQL statement. */
export const sql: SinkKind<'sql'> = {
  id: 'sql',
  takes: 'text',
  site: 'query',
  harmfulCharacters: ' \'"`;()#\\/*\n=,',
  removableCharacters: '\'"`;()# \\',
  // A flow into an SQL statement is worth reporting, however long its path is.
  maxPath: 'unlimited',
};
