import type { SinkKind } from '../kind.ts';

/** A key that is written on an object, or an object that is merged into another. */
export const prototype: SinkKind<'prototype'> = {
  id: 'prototype',
  takes: 'object',
  harmfulSources: ['caller'],
  isByName: true,
  // No key is an address.
  isOwnAddressHarmless: true,
};
