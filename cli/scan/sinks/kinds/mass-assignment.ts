import type { SinkKind } from '../kind.ts';
import { sockets } from '../source-names.ts';

/** An object whose fields are all written to a record. */
export const massAssignment: SinkKind<'mass-assignment'> = {
  id: 'mass-assignment',
  takes: 'object',
  harmfulCharacters: '\0',
  // A message from another process is not a form that a user has submitted.
  isDoubtful: ({ from }) => sockets.test(from),
};
