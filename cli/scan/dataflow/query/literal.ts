import { maxLiteralDepth, maxLiteralSteps } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { classPlaces } from '../../callgraph/query/class-places.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, constant, unknown } from '../domain/abstract.ts';
import { list, object } from '../domain/entries.ts';

/** Literals, and instructions that may lead to one. */
const written: ReadonlySet<string | undefined> = new Set<Inst['op']>([
  'const',
  'list',
  'object',
  'member',
  'import',
  'cell-load',
  'typed',
  'await',
]);

/** The abstract value of a literal, also if it was written in another file. Unknown for all other values. */
export function literalOf(linked: Linked, from: Place): Abstract {
  return written.has(instOf(linked, from)?.op) ? read(linked, from, { left: maxLiteralSteps }, 0) : unknown;
}

function read(linked: Linked, from: Place, steps: { left: number }, depth: number): Abstract {
  if (depth > maxLiteralDepth || steps.left-- <= 0) return unknown;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  switch (inst?.op) {
    case 'const':
      return constant(inst.value);
    case 'list':
    case 'object':
      return ofParts(linked, place.func, inst, steps, depth);
    case 'member': {
      const attribute = attributeOf(linked, place.func, inst.object, inst.name);
      return attribute ? read(linked, attribute, steps, depth + 1) : unknown;
    }
    default:
      return unknown;
  }
}

function ofParts(
  linked: Linked,
  func: number,
  inst: Inst & { op: 'list' | 'object' },
  steps: { left: number },
  depth: number,
): Abstract {
  const at = (value: ValueId): Abstract => read(linked, { func, value }, steps, depth + 1);
  if (inst.op === 'list') return inst.spread.length > 0 ? unknown : list(inst.items.slice(0, 64).map(at));
  return object(
    inst.keys.slice(0, 64).flatMap((key, i): [string, Abstract][] => {
      const value = inst.values[i];
      return typeof key === 'string' && value !== undefined ? [[key, at(value)]] : [];
    }),
  );
}

/**
 * The value of an attribute that a class declares in its body: `Settings.DEBUG`. Undefined if `object` is not exactly one
 * class.
 */
function attributeOf(linked: Linked, func: number, object: ValueId, name: string): Place | undefined {
  const [owner, ...others] = linked.classes(func, object);
  const written = owner === undefined || others.length > 0 ? undefined : classPlaces(linked).get(owner);
  const inst = written && instOf(linked, written);
  const at = inst?.op === 'class' ? inst.names.lastIndexOf(name) : -1;
  const value = inst?.op === 'class' ? inst.values[at] : undefined;
  return written && value !== undefined ? { func: written.func, value } : undefined;
}
