import type { SinkKind } from '../kind.ts';

/** A name by which code is looked up: `getattr`, `globals()[x]`, `require(x)`, `import_module`. */
export const reflection: SinkKind<'reflection'> = {
  id: 'reflection',
  takes: 'text',
  runs: true,
  harmfulCharacters: ' ()[]{}.;:\'"`+-*/%=,<>&|!$\n',
  isByName: true,
  // A function that is looked up under a name does harm only where the table holds more than it seems to.
  maxPath: { steps: 12, functions: 5 },
  // No name is called so.
  isOwnAddressHarmless: true,
};
