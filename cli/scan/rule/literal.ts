import type { ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { type Abstract, constant, unknown } from '../taint/abstract.ts';
import { list, object } from '../taint/entries.ts';
import { instOf, madeBy, type Place } from './made-by.ts';

const maxDepth = 4;
const maxSteps = 500;

/** What a value is, as far as that is written down where it was made, in another file perhaps. */
export function literalOf(linked: Linked, from: Place): Abstract {
  return read(linked, from, { left: maxSteps }, 0);
}

function read(linked: Linked, from: Place, steps: { left: number }, depth: number): Abstract {
  if (depth > maxDepth || steps.left-- <= 0) return unknown;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (value: ValueId): Abstract => read(linked, { func: place.func, value }, steps, depth + 1);
  switch (inst?.op) {
    case 'const':
      return constant(inst.value);
    case 'list':
      return inst.spread.length > 0 ? unknown : list(inst.items.slice(0, 64).map(at));
    case 'object':
      return object(
        inst.keys.slice(0, 64).flatMap((key, i): [string, Abstract][] => {
          const value = inst.values[i];
          return typeof key === 'string' && value !== undefined ? [[key, at(value)]] : [];
        }),
      );
    default:
      return unknown;
  }
}
