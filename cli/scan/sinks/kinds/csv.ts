import type { SinkKind } from '../kind.ts';

/** A cell of a table that a spreadsheet opens. */
export const csv: SinkKind<'csv'> = {
  id: 'csv',
  takes: 'text',
  harmsVisitor: true,
  needsTable: true,
  readsNested: true,
  harmfulSources: ['stored'],
  harmfulCharacters: '=+-@,\n"',
};
