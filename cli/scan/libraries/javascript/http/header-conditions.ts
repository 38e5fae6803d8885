import type { Condition } from '../../../models/model.ts';

/** The header whose value is the target of a redirect. */
export const locationHeader: Condition = {
  at: 'Argument[0]',
  is: Object.freeze(['Location', 'location', 'LOCATION']),
};
