import type { SinkKind } from '../kind.ts';

/** The key under which a property of an object is written, or an object that is merged into another. */
export const prototype: SinkKind<'prototype'> = {
  id: 'prototype',
  takes: 'object',
  harmfulSources: ['caller'],
  isByName: true,
  // No key is an address.
  isOwnAddressHarmless: true,
};
