import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** A text that is matched against a regular expression slower than quadratic time. The analysis finds these sinks; models do not name them. */
export const redos: SinkKind<'redos'> = {
  id: 'redos',
  takes: 'text',
  harmfulSources: ['caller'],
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a list of characters, not a template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ from }) => archives.test(from),
};
