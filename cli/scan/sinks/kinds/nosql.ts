import type { SinkKind } from '../kind.ts';

/** A filter of a document database. A text holds no operators, so only objects do harm. */
export const nosql: SinkKind<'nosql'> = {
  id: 'nosql',
  takes: 'object',
  site: 'query',
  harmfulCharacters: '\0',
};
