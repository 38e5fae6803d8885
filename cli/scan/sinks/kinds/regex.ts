import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** The source of a regular expression. */
export const regex: SinkKind<'regex'> = {
  id: 'regex',
  takes: 'text',
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a list of characters, not a template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ from }) => archives.test(from),
};
