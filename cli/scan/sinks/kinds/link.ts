import type { SinkKind } from '../kind.ts';

/** An address that a page opens or links to, as far as `javascript:` can be its scheme. */
export const link: SinkKind<'link'> = {
  id: 'link',
  takes: 'text',
  harmfulSources: ['stored'],
  harmfulCharacters: ':',
  removableCharacters: ':',
  maxFunctions: { usual: 6 },
  leadsToAddress: true,
  staysOnSite: true,
  isOwnAddressHarmless: true,
};
