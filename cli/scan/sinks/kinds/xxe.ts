import type { SinkKind } from '../kind.ts';
import { deserialize } from './deserialize.ts';

/** XML that is read by a parser that resolves entities. */
export const xxe: SinkKind<'xxe'> = {
  id: 'xxe',
  takes: 'text',
  // Every sanitiser of one is a sanitiser of the other.
  sharesWith: deserialize,
};
