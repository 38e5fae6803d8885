import { maxTypeBoxDepth, maxTypeBoxUnion } from '../budgets/schemas.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { methodAt } from '../callgraph/query/method-at.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { entry, kindsOfJsonType } from './written-schemas.ts';

/** Types that admit no harmful value. */
const whole: ReadonlySet<string> = new Set([
  'Integer',
  'Number',
  'Boolean',
  'Literal',
  'Enum',
  'Null',
  'Date',
]);
const wrapping: ReadonlySet<string> = new Set(['Optional', 'Readonly', 'Partial', 'Required']);

/**
 * The sink kinds that a field is clean for once TypeBox has checked it:
 * `Type.Object({ id: Type.String({ format: 'uuid' }) })`.
 */
export function kindsOfTypeBox(linked: Linked, schema: Place, name: string, depth = 0): Kinds {
  const made = typeAt(linked, schema);
  const [first] = made?.args ?? [];
  if (!made || !first || depth > maxTypeBoxDepth) return noKinds;
  if (wrapping.has(made.method)) return kindsOfTypeBox(linked, first, name, depth + 1);
  const field = made.method === 'Object' ? entry(linked, first, name) : undefined;
  return field ? kindsOfField(linked, field, 0) : noKinds;
}

function kindsOfField(linked: Linked, field: Place, depth: number): Kinds {
  const made = typeAt(linked, field);
  if (!made || depth > maxTypeBoxDepth) return noKinds;
  if (whole.has(made.method)) return allKinds;
  const [first] = made.args;
  if (made.method === 'String') return kindsOfJsonType(linked, 'string', first);
  if (!first) return noKinds;
  if (wrapping.has(made.method)) return kindsOfField(linked, first, depth + 1);
  const place = origin(linked, first);
  const list = made.method === 'Union' ? instAt(linked, place) : undefined;
  if (list?.op !== 'list' || list.items.length === 0 || list.items.length > maxTypeBoxUnion) return noKinds;
  return list.items.reduce(
    (clean, value) => clean.intersect(kindsOfField(linked, { func: place.func, value }, depth + 1)),
    allKinds,
  );
}

/** A call of a TypeBox function; undefined for other values. */
function typeAt(
  linked: Linked,
  place: Place,
): { readonly method: string; readonly args: readonly Place[] } | undefined {
  const { object, method, args } = methodAt(linked, place);
  const library = object && instAt(linked, origin(linked, object));
  return method !== undefined &&
    library?.op === 'import' &&
    /(?:^|\/)(?:type-provider-)?typebox$/.test(library.specifier)
    ? { method, args }
    : undefined;
}
