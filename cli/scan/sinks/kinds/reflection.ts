import type { SinkKind } from '../kind.ts';

/** A name by which code looks up a function or module: `getattr`, `globals()[x]`, `require(x)`, `import_module`. */
export const reflection: SinkKind<'reflection'> = {
  id: 'reflection',
  takes: 'text',
  runs: true,
  harmfulCharacters: ' ()[]{}.;:\'"`+-*/%=,<>&|!$\n',
  isByName: true,
  // A lookup by name does harm only if the table holds more than its author meant, such as inherited members.
  maxPath: { steps: 12, functions: 5 },
  // No name of a function or module is an address.
  isOwnAddressHarmless: true,
};
