import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** Sources that servers limit to some kilobytes: quadratic running time is no danger there yet. */
const boundedByServers = /(?:^|\.)(?:headers|url|originalUrl|path|META|environ|hostname)$/;
const squareTime = /quadratic/;

/** A text that is matched by a regular expression that can be slow. Made by the regex rule, not by models. */
export const redos: SinkKind<'redos'> = {
  id: 'redos',
  takes: 'text',
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a list of characters, not a template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ sink, from }) =>
    archives.test(from) || (squareTime.test(sink) && boundedByServers.test(from)),
};
