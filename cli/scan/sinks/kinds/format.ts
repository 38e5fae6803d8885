import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/** A format, of which the directives say what becomes of other values: `util.format`, Python's `str.format`. */
export const format: SinkKind<'format'> = {
  id: 'format',
  takes: 'text',
  // The same makes both harmless: a list of those that are allowed.
  sharesWith: template,
};
