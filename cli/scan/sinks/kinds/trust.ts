import type { SinkKind } from '../kind.ts';

/** A key or a value of a session. */
export const trust: SinkKind<'trust'> = {
  id: 'trust',
  takes: 'text',
  harmsVisitor: true,
  harmfulCharacters: '\0',
  maxFunctions: { usual: 6 },
  leadsBack: true,
};
