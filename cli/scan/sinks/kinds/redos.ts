import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** Sources that servers limit to a few kilobytes. Quadratic running time does no harm at that length. */
const boundedByServers = /(?:^|\.)(?:headers|url|originalUrl|path|META|environ|hostname)$/;
const squareTime = /quadratic/;

/** A text that is matched against a slow regular expression. The analysis finds these sinks; models do not name them. */
export const redos: SinkKind<'redos'> = {
  id: 'redos',
  takes: 'text',
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a list of characters, not a template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ sink, from }) =>
    archives.test(from) || (squareTime.test(sink) && boundedByServers.test(from)),
};
