import type { SinkKind } from '../kind.ts';
import { mailSinks } from '../mail-sinks.ts';

/** Text that a browser reads as markup: a response's body, `innerHTML`, `mark_safe`. */
export const xss: SinkKind<'xss'> = {
  id: 'xss',
  takes: 'text',
  markup: 'page',
  neutralisedBy: ['no-tag'],
  site: 'template',
  harmfulSources: ['stored', 'page', 'caller'],
  harmfulCharacters: '<>&"\'`:',
  removableCharacters: '<"\'',
  // Data of a request goes through the small functions that put a page together. What is read of a page was mostly written there by
  // the same program: behind some functions it is what they make of it. A row of a database goes through more layers.
  maxFunctions: { usual: 6, bySource: { remote: 7, page: 3 }, isUnlimitedForRows: true },
  // Mails are mostly written to who the record is of.
  isDoubtful: ({ sink, isStored }) => isStored && mailSinks.test(sink),
};
