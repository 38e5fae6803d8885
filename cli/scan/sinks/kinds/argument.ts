import type { SinkKind } from '../kind.ts';
import { csv } from './csv.ts';
import { link } from './link.ts';

/** An argument of a program that is run without a shell, which can be read as an option. */
export const argument: SinkKind<'argument'> = {
  id: 'argument',
  takes: 'text',
  // A text that begins with no sign of a formula begins with no `-`.
  sharesWith: csv,
  // What begins with a scheme, or with a text of our own, is no option.
  neutralisedBy: [link],
};
