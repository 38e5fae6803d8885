import type { Condition } from '../../../models/model.ts';

/**
 * The condition that a call sets the header `Location`, whose value is the target of a redirect. The call's first argument
 * is the header's name.
 */
export const locationHeader: Condition = {
  at: 'Argument[0]',
  is: Object.freeze(['Location', 'location', 'LOCATION']),
};
