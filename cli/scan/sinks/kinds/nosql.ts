import type { SinkKind } from '../kind.ts';

/** A filter of a document database: a text is none. */
export const nosql: SinkKind<'nosql'> = {
  id: 'nosql',
  takes: 'object',
  site: 'query',
  harmfulCharacters: '\0',
};
