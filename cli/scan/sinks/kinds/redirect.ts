import type { SinkKind } from '../kind.ts';

/** The URL that a response redirects the client to. */
export const redirect: SinkKind<'redirect'> = {
  id: 'redirect',
  takes: 'text',
  harmsVisitor: true,
  harmfulCharacters: './:@?#\\%',
  removableCharacters: '/:.@?#',
  maxFunctions: { usual: 6 },
  leadsToAddress: true,
  leadsBack: true,
  staysOnSite: true,
  isOwnAddressHarmless: true,
  // It is unknown which header is set.
  isUnsureDoubtful: true,
};
