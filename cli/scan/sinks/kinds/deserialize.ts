import type { SinkKind } from '../kind.ts';

/** Bytes or a text of which a parser makes objects of any class: `pickle.loads`. */
export const deserialize: SinkKind<'deserialize'> = {
  id: 'deserialize',
  takes: 'text',
  harmfulCharacters: '\0',
};
