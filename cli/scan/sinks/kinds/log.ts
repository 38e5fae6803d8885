import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** The package `debug` writes where somebody looks for a fault, and has switched it on. */
const forDebugging = /^debug\(/;

/** A line of a log. */
export const log: SinkKind<'log'> = {
  id: 'log',
  takes: 'text',
  harmfulSources: ['secret'],
  harmfulCharacters: '\r\n',
  isRefusable: true,
  removableCharacters: '\r\n',
  // A log does little with what arrives there, and a hint that is wrong is worth less than none.
  maxPath: { steps: 10, functions: 5 },
  isDoubtful: ({ sink, from }) => archives.test(from) || forDebugging.test(sink),
};
