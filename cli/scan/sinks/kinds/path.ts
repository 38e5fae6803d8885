import type { SinkKind } from '../kind.ts';

/** A file's path. */
export const path: SinkKind<'path'> = {
  id: 'path',
  takes: 'text',
  harmfulCharacters: '/\\\0',
  removableCharacters: '/\\',
};
