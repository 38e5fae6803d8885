import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';

/** The package `debug` writes only when a developer has enabled it to find a fault. */
const forDebugging = /^debug\(/;

/** A line of a log. */
export const log: SinkKind<'log'> = {
  id: 'log',
  takes: 'text',
  harmfulSources: ['secret'],
  harmfulCharacters: '\r\n',
  isRefusable: true,
  removableCharacters: '\r\n',
  // Little harm can be done in a log, so a wrong finding costs more than it is worth.
  maxPath: { steps: 10, functions: 5 },
  isDoubtful: ({ sink, from }) => archives.test(from) || forDebugging.test(sink),
};
