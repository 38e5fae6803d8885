import type { SinkKind } from '../kind.ts';

/** The name or the content of an uploaded file that is stored. */
export const upload: SinkKind<'upload'> = {
  id: 'upload',
  takes: 'text',
  site: 'upload',
  harmfulCharacters: '/\\\0',
  removableCharacters: '/\\',
};
