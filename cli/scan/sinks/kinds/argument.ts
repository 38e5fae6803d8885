import type { SinkKind } from '../kind.ts';
import { csv } from './csv.ts';
import { link } from './link.ts';

/** An argument of a program that is run without a shell. The program may read an argument that begins with `-` as an option. */
export const argument: SinkKind<'argument'> = {
  id: 'argument',
  takes: 'text',
  // A text that cannot begin like a formula cannot begin with `-`.
  sharesWith: csv,
  // A text that begins with a scheme, or with a constant, is no option.
  neutralisedBy: [link],
};
