import type { SinkKind } from '../kind.ts';
import { archives } from '../source-names.ts';
import { redos } from './redos.ts';

/** Sources that servers limit to a few kilobytes. Quadratic running time does no harm at that length. */
const boundedByServers = /(?:^|\.)(?:headers|url|originalUrl|path|META|environ|hostname)$/;

/**
 * A text that is matched against a regular expression with quadratic running time. Unlike exponential time, it does no harm on
 * a text whose length is limited.
 */
export const quadratic: SinkKind<'quadratic'> = {
  ...redos,
  id: 'quadratic',
  neutralisedBy: [redos],
  isDoubtful: ({ from }) => archives.test(from) || boundedByServers.test(from),
};
