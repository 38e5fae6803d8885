import type { SinkKind } from '../kind.ts';
import { deserialize } from './deserialize.ts';

/** XML that is read by a parser that resolves entities. */
export const xxe: SinkKind<'xxe'> = {
  id: 'xxe',
  takes: 'text',
  // Nothing is a sanitiser of one that is not of the other.
  sharesWith: deserialize,
};
