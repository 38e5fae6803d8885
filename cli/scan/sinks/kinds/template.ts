import type { SinkKind } from '../kind.ts';

/** The text of a template (not its values). */
export const template: SinkKind<'template'> = {
  id: 'template',
  takes: 'text',
  markup: 'template',
  site: 'template',
  harmfulSources: ['stored'],
  harmfulCharacters: ' ()[]{}.;:\'"`+-*/%=,<>&|!$\n',
  removableCharacters: '()[]{}.;\'"`',
};
