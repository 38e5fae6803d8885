import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { ValueId } from '../../ir/ir.ts';
import { isDeeplyChanged } from './deeply-changed.ts';

/** The maximum number of records of one list, and their maximum depth. */
const maxRecords = 60;
const maxDepth = 8;

/**
 * The entries that a value can be, if it is read from a literal list or object of records: `VIEWS[name]`,
 * `TABLES.find(...)`, or `view` in `for (const view of VIEWS)`. Empty if the value may be something else, or there are too
 * many.
 *
 * @param written finds the literal list or object that a value is. Undefined if it may change
 */
export function recordsRead(
  linked: Linked,
  place: Place,
  written: (place: Place) => Place | undefined,
): readonly Place[] {
  const found = recordsOf(linked, place, written, 0) ?? [];
  return found.length <= maxRecords ? found : [];
}

type Written = (place: Place) => Place | undefined;

/** Undefined if it may be something else. A missing value is no record, as nothing can be read from it. */
function recordsOf(
  linked: Linked,
  from: Place,
  written: Written,
  depth: number,
): readonly Place[] | undefined {
  if (depth > maxDepth) return undefined;
  const own = written(from);
  if (own) return [own];
  const place = origin(linked, from);
  const { func } = place;
  const inst = instOf(linked, place);
  const entries = (value: ValueId, key?: string): readonly Place[] | undefined =>
    entriesOf(linked, { func, value }, written, key, depth + 1);
  switch (inst?.op) {
    case 'const':
      return inst.value == null ? [] : undefined;
    case 'phi':
      return allOf(inst.inputs.map((value) => recordsOf(linked, { func, value }, written, depth + 1)));
    case 'element':
      return entries(inst.value);
    case 'member':
      return entries(inst.object, inst.name);
    case 'index': {
      const key = instOf(linked, madeBy(linked, { func, value: inst.key }));
      return entries(inst.object, key?.op === 'const' ? String(key.value) : undefined);
    }
    case 'call': {
      const callee = instOf(linked, { func, value: inst.callee });
      if (callee?.op !== 'member' || inst.spread || linked.targets(func, place.value).length > 0)
        return undefined;
      if (/^(find|findLast|at|pop|shift)$/.test(callee.name)) return entries(callee.object);
      // A Python dictionary. A `Map` is made of a list of pairs.
      if (callee.name !== 'get' || inst.args.length === 0) return undefined;
      const [, second] = inst.args;
      const found = isObject(linked, { func, value: callee.object }, written)
        ? entries(callee.object)
        : undefined;
      return second === undefined
        ? found
        : allOf([found, recordsOf(linked, { func, value: second }, written, depth + 1)]);
    }
    default:
      return undefined;
  }
}

function isObject(linked: Linked, place: Place, written: Written): boolean {
  const at = written(place);
  return at !== undefined && instOf(linked, at)?.op === 'object';
}

/** The entries of a list or an object that are literals themselves: the one of a name, or all. */
function entriesOf(
  linked: Linked,
  from: Place,
  written: Written,
  key: string | undefined,
  depth: number,
): readonly Place[] | undefined {
  if (isPaired(linked, from)) return undefined;
  const owners = recordsOf(linked, from, written, depth);
  if (!owners || owners.length > maxRecords) return undefined;
  return allOf(
    owners.map((at) => {
      const inst = instOf(linked, at);
      if (isDeeplyChanged(linked, at) || (inst?.op !== 'list' && inst?.op !== 'object')) return undefined;
      if (inst.op === 'list' ? inst.spread.length > 0 : inst.keys.some((one) => typeof one !== 'string'))
        return undefined;
      const values = inst.op === 'list' ? inst.items : inst.values;
      const named = inst.op === 'list' ? Number(key) : inst.keys.lastIndexOf(key ?? '');
      const isMany = inst.op === 'list' && inst.isMany;
      const wanted = key === undefined || isMany ? values : values.slice(named, named + 1);
      if (wanted.length === 0 || wanted.length > maxRecords || (Number.isNaN(named) && key !== undefined))
        return undefined;
      return allOf(wanted.map((value) => recordsOf(linked, { func: at.func, value }, written, depth + 1)));
    }),
  );
}

/** `Object.entries(VIEWS)`, `VIEWS.items()`, `new Map(...)`: an item of these is no entry of the object itself. */
function isPaired(linked: Linked, from: Place): boolean {
  const place = origin(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op !== 'call') return false;
  const callee = instOf(linked, { func: place.func, value: inst.callee });
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  return !/^(freeze|seal|tuple|list|frozenset|sorted|values|find|findLast|at|get)$/.test(name);
}

function allOf(found: readonly (readonly Place[] | undefined)[]): readonly Place[] | undefined {
  return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? []);
}
