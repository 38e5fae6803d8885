import { exportedValue } from '../../../callgraph/exported-value.ts';
import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';

/**
 * The place where a value was made. For an import of a whole module, this is the place where the module's export was made,
 * such as the call in `module.exports = mongoose.model('User', schema)`.
 */
export function wholeOrigin(linked: Linked, from: Place): Place {
  const place = origin(linked, from);
  const inst = instAt(linked, place);
  const whole =
    inst?.op === 'import' && /^(?:\*|default)$/.test(inst.name)
      ? exportedValue(linked, place.func, inst.specifier, '=')
      : undefined;
  return whole ? origin(linked, whole) : place;
}
