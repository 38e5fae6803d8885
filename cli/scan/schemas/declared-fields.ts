import { maxDeclaredBases, maxDeclaredDepth } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import type { Call, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { mappedTypePackages, mappedTypes } from '../libraries/javascript/data/mapped-types.ts';

/** The decorators of a field, and the function that contains the class. */
export interface DeclaredField {
  readonly func: number;
  readonly decorators: readonly ValueId[];
}

type Fields = ReadonlyMap<string, DeclaredField>;

const none: Fields = new Map();
/** The fields of each class. It is filled during recursion: a result beyond the bound on the depth is not kept. */
const known = memoized((_: Linked) => new Map<number, Fields>());

/**
 * The fields that a class declares with decorators, by name. Includes the fields of its bases, and those that Nest's mapped
 * types take from another class, as in `class Own extends PartialType(PickType(User, ['name'])) {}`.
 */
export function declaredFields(linked: Linked, owner: number): Fields {
  return fieldsOf(linked, owner, 0);
}

function fieldsOf(linked: Linked, owner: number, depth: number): Fields {
  const all = known(linked);
  const before = all.get(owner);
  const it = linked.program.classes[owner]?.class;
  const made = classesOf(linked).get(owner);
  if (before || !it || !made || depth > maxDeclaredDepth) return before ?? none;
  // A cycle of classes adds no fields.
  all.set(owner, none);
  const found = new Map<string, DeclaredField>();
  for (const base of made.bases.slice(0, maxDeclaredBases))
    for (const [name, field] of fieldsOfType(linked, { func: made.func, value: base }, depth + 1))
      found.set(name, field);
  for (const { name, decorators } of it.fields)
    if (decorators) found.set(name, { func: made.func, decorators });
  all.set(owner, found);
  return found;
}

function fieldsOfType(linked: Linked, place: Place, depth: number): Fields {
  if (depth > maxDeclaredDepth) return none;
  const [owner] = linked.classes(place.func, place.value);
  if (owner !== undefined) return fieldsOf(linked, owner, depth);
  const { func, value } = origin(linked, place);
  const call = instAt(linked, { func, value });
  if (call?.op !== 'call') return none;
  const all = mapped(linked);
  const before = all.get(call);
  if (before) return before;
  // A cycle of types adds no fields.
  all.set(call, none);
  const found = fieldsOfMapped(linked, func, call, depth);
  all.set(call, found);
  return found;
}

/** Types may be built from the same types repeatedly. Each is resolved once. */
const mapped = memoized((_: Linked) => new Map<Call, Fields>());

function fieldsOfMapped(linked: Linked, func: number, call: Call, depth: number): Fields {
  const callee = instAt(linked, origin(linked, { func, value: call.callee }));
  if (callee?.op !== 'import' || !mappedTypePackages.has(callee.specifier)) return none;
  const keeps = mappedTypes.get(callee.name);
  if (!keeps) return none;
  const types = keeps === 'each' ? call.args.slice(0, maxDeclaredBases) : call.args.slice(0, 1);
  const all = new Map<string, DeclaredField>();
  for (const type of types)
    for (const [name, field] of fieldsOfType(linked, { func, value: type }, depth + 1)) all.set(name, field);
  return keeps === 'each' || keeps === 'all' ? all : chosen(all, namesIn(linked, func, call), keeps);
}

/** If the names are not constants, all fields are unknown. */
function chosen(all: Fields, names: ReadonlySet<unknown> | undefined, keeps: 'named' | 'others'): Fields {
  return names ? new Map([...all].filter(([name]) => names.has(name) === (keeps === 'named'))) : none;
}

/** `['name', 'email'] as const` */
function namesIn(linked: Linked, func: number, call: Call): ReadonlySet<unknown> | undefined {
  const place = origin(linked, { func, value: call.args[1] ?? -1 });
  const list = instAt(linked, place);
  if (list?.op !== 'list') return undefined;
  const names = list.items.map((item) => instAt(linked, origin(linked, { func: place.func, value: item })));
  return names.every((name) => name?.op === 'const')
    ? new Set(names.map((name) => (name?.op === 'const' ? name.value : undefined)))
    : undefined;
}

interface Made {
  readonly func: number;
  readonly bases: readonly ValueId[];
}

/** For each class, the function that contains it and the values of its bases. */
const classesOf = memoized((linked: Linked): ReadonlyMap<number, Made> => {
  const { instructions, firstClass } = linked.program;
  const all = new Map<number, Made>();
  instructions.each('class', (inst, { id, module }) => {
    all.set((firstClass[module] ?? 0) + inst.class, { func: id, bases: inst.bases });
  });
  return all;
});
