import type { SinkKind } from '../kind.ts';
import { trust } from './trust.ts';

/** The body of a response, which must not contain secrets or error details (sources `secret` and `error`). */
export const leak: SinkKind<'leak'> = {
  id: 'leak',
  takes: 'text',
  harmsVisitor: true,
  // Error details and session keys come from different sources, so no value is checked for both.
  sharesWith: trust,
  readsNested: true,
  harmfulSources: ['secret', 'error'],
  // Little harm can be done by one error message.
  maxPath: { steps: 10, functions: 3 },
};
