import type { SinkKind } from '../kind.ts';

/** Code that is run: `eval`, `exec`, `new Function`, `setTimeout(text)`. */
export const code: SinkKind<'code'> = {
  id: 'code',
  takes: 'text',
  isOwnFunctionHarmless: true,
  runs: true,
  harmfulSources: ['caller'],
  harmfulCharacters: ' ()[]{}.;:\'"`+-*/%=,<>&|!\n',
  removableCharacters: '()[]{}.;\'"`',
  // As code, an address is a label and a comment: `https://...`.
  isOwnAddressHarmless: true,
};
