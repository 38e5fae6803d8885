import type { SinkKind } from '../kind.ts';
import { redirect } from './redirect.ts';

/** A key or a value that is stored in a session, and that later requests trust. */
export const trust: SinkKind<'trust'> = {
  id: 'trust',
  takes: 'text',
  harmsVisitor: true,
  harmfulCharacters: '\0',
  // A target that was checked, to return to it after a log-in.
  neutralisedBy: [redirect],
  maxFunctions: { usual: 6 },
  leadsBack: true,
};
