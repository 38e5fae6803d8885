import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/**
 * A text that is matched against a regular expression with a running time worse than quadratic. The analysis finds these
 * sinks itself; models do not name them.
 */
export const redos: SinkKind<'redos'> = {
  id: 'redos',
  takes: 'text',
  harmfulSources: ['caller'],
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a list of characters, not a template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ from }) => archives.test(from),
};
