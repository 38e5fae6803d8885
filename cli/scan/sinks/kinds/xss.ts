import type { SinkKind } from '../kind.ts';
import { mailSinks } from '../mail-sinks.ts';

/** Text that a browser reads as markup: a response's body, `innerHTML`, `mark_safe`. */
export const xss: SinkKind<'xss'> = {
  id: 'xss',
  takes: 'text',
  harmsVisitor: true,
  markup: 'page',
  neutralisedBy: ['no-tag'],
  site: 'template',
  harmfulSources: ['stored', 'page', 'caller'],
  harmfulCharacters: '<>&"\'`:',
  removableCharacters: '<"\'',
  // Request data passes through the small functions that build a page. Data that is read from a page was mostly written there by
  // the same program, so its bound is lower. A database row passes through more layers.
  maxFunctions: { usual: 6, bySource: { remote: 7, page: 3 }, isUnlimitedForRows: true },
  // Mails mostly go to the person whose record they show.
  isDoubtful: ({ sink, isStored }) => isStored && mailSinks.test(sink),
};
