import type { SinkKind } from '../kind.ts';

/** A text that a shell reads, or the name of the program that is run. */
export const command: SinkKind<'command'> = {
  id: 'command',
  takes: 'text',
  readsFirstOfList: true,
  // A sanitiser for shells alone quotes the text.
  sanitiserLeaves: 'shell-quoted',
  runs: true,
  site: 'command',
  harmfulSources: ['caller'],
  harmfulCharacters: ' ;&|$`<>()\n\'"\\*?[]{}~!#',
  isRefusable: true,
  removableCharacters: ';&|$`<>()\n\'" \\',
};
