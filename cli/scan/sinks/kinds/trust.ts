import type { SinkKind } from '../kind.ts';

/** The session, as key or value. */
export const trust: SinkKind<'trust'> = {
  id: 'trust',
  takes: 'text',
  harmfulCharacters: '\0',
  maxFunctions: { usual: 6 },
  leadsBack: true,
};
