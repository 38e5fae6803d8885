import type { SinkKind } from '../kind.ts';

/** A URL, or part of one, that is requested by the server. */
export const ssrf: SinkKind<'ssrf'> = {
  id: 'ssrf',
  takes: 'text',
  // A sanitiser for this kind implies that the address was checked.
  implies: ['address-checked', 'address-pinned'],
  neutralisedIfDirect: 'address-pinned',
  site: 'outbound',
  harmfulSources: ['stored'],
  harmfulCharacters: './:@?#\\%',
  removableCharacters: '/:.@?#',
  maxFunctions: { usual: 6 },
  leadsToAddress: true,
  isOwnPageDoubtful: true,
};
