import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** What servers bound by some kilobytes: an expression that takes time by the square of them is no danger yet. */
const boundedByServers = /(?:^|\.)(?:headers|url|originalUrl|path|META|environ|hostname)$/;
const squareTime = /quadratic/;

/** A text that is matched by a regular expression that can be slow. Made by the regex rule, not by models. */
export const redos: SinkKind<'redos'> = {
  id: 'redos',
  takes: 'text',
  harmfulCharacters: '.*+?()[]{}|\\^$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: characters, no template.
  removableCharacters: '.*+?^${}()|[]\\',
  isDoubtful: ({ sink, from }) =>
    archives.test(from) || (squareTime.test(sink) && boundedByServers.test(from)),
};
