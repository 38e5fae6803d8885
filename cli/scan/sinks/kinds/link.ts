import type { SinkKind } from '../kind.ts';

/** A URL that a page opens or links to, and whose scheme may be `javascript:`. */
export const link: SinkKind<'link'> = {
  id: 'link',
  takes: 'text',
  harmsVisitor: true,
  harmfulSources: ['stored'],
  harmfulCharacters: ':',
  removableCharacters: ':',
  maxFunctions: { usual: 6 },
  leadsToAddress: true,
  staysOnSite: true,
  isOwnAddressHarmless: true,
};
