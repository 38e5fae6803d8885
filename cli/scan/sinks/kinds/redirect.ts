import type { SinkKind } from '../kind.ts';

/** An address that the client is sent to. */
export const redirect: SinkKind<'redirect'> = {
  id: 'redirect',
  takes: 'text',
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
