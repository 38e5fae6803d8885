import type { SinkKind } from '../kind.ts';
import { template } from './template.ts';

/** A format string, whose directives choose how other values are read and shown: `util.format`, Python's `str.format`. */
export const format: SinkKind<'format'> = {
  id: 'format',
  takes: 'text',
  // The same check neutralises both: an allow list.
  sharesWith: template,
};
