import type { SinkKind } from '../kind.ts';

/** Bytes or a text that a parser turns into objects of any class: `pickle.loads`. */
export const deserialize: SinkKind<'deserialize'> = {
  id: 'deserialize',
  takes: 'text',
  harmfulCharacters: '\0',
};
