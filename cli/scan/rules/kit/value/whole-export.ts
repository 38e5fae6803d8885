import { exportedValue } from '../../../callgraph/exported-value.ts';
import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';

/**
 * The place where a value was made, as `origin` finds it. If that is an import of a whole module, it is the place where the
 * module's exported value was made: `module.exports = mongoose.model('User', schema)`.
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
