import { maxArkTypeLength, maxLibraryMembers } from '../budgets/schemas.ts';
import { instAt, origin } from '../callgraph/query/called-on.ts';
import { type Abstract, constText } from '../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';
import {
  schemaLibraries,
  textTypes,
  wholeTypes,
  wholeValues,
} from '../libraries/javascript/data/schema-names.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { isSchema, schema } from './schema-values.ts';

/** The sink kinds that any text is clean for, whatever its content. */
export const harmlessText: Kinds = kinds('nosql', 'mass-assignment', 'prototype');

/** Whether a schema type, such as a number, a date or a constant, admits no harmful value at all. */
export function leavesNothing(type: string): boolean {
  return wholeTypes.has(type);
}

/**
 * Returns the schema that a value denotes. A type of a library that needs no call, such as `t.number`, is a schema too.
 * Undefined for other values. If `value` is undefined, returns `it` unchanged.
 * @param it the abstract value of `value`, which may already be a schema
 */
export function givenSchema(
  frame: FunctionView,
  value: ValueId | undefined,
  it: Abstract | undefined,
): Abstract | undefined {
  if (isSchema(it) || value === undefined) return it;
  const inst = frame.inst(value);
  if (inst.op === 'import') return schemaLibraries.has(inst.specifier) ? namedType(inst.name) : undefined;
  if (inst.op === 'member') return fromLibrary(frame, inst.object) ? namedType(inst.name) : undefined;
  return undefined;
}

function namedType(name: string): Abstract | undefined {
  if (wholeValues.test(name)) return schema(allKinds);
  return textTypes.has(name.toLowerCase()) ? schema(harmlessText) : undefined;
}

/** Whether a value is a validation library or a member of one: `z`, `z.coerce`. */
export function fromLibrary(frame: FunctionView, value: ValueId): boolean {
  return isOfLibrary(frame, value, maxLibraryMembers);
}

/** Whether a value is a validation library, or is read from one through at most `hops` members. No limit by default. */
export function isOfLibrary(
  { func: { code } }: FunctionView,
  value: ValueId,
  hops: number = code.length,
): boolean {
  let inst = code[value];
  for (let depth = 0; depth < hops && inst?.op === 'member'; depth++) inst = code[inst.object];
  return inst?.op === 'import' && schemaLibraries.has(inst.specifier);
}

/**
 * The names and values of the fields that an object schema declares. Each value is a schema if it is known to denote one,
 * and otherwise the abstract value as it is.
 */
export function givenFields(
  frame: FunctionView,
  value: ValueId | undefined,
  it: Abstract,
): readonly [string, Abstract][] {
  const place = value === undefined ? undefined : origin(frame.linked, { func: frame.id, value });
  const written = place && instAt(frame.linked, place);
  // Types that are no calls are read from the object literal.
  const isHere = place?.func === frame.id && written?.op === 'object';
  return [...(it.fields ?? [])].map(([name, inner]) => {
    const at = isHere ? written.values[written.keys.indexOf(name)] : undefined;
    return [name, givenSchema(frame, at, inner) ?? inner];
  });
}

/**
 * The entries of an arktype object schema, without the `?` of optional keys: `type({ 'sort?': "'name' | 'age'" })` -> an
 * entry `sort`.
 */
export function arkFields(it: Abstract): readonly [string, Abstract][] {
  return [...(it.fields ?? [])].map(([name, inner]) => [name.replace(/\?$/, ''), arkType(inner) ?? inner]);
}

/**
 * The schema for an arktype string: `number.integer > 0`, `'asc' | 'desc'`, `/^[a-z]+$/`. Undefined for other values.
 */
export function arkType(it: Abstract): Abstract | undefined {
  if (isSchema(it)) return it;
  const text = constText(it);
  if (text === undefined || text.length > maxArkTypeLength) return undefined;
  const clean = text
    .split('|')
    .map((part) => kindsOfArk(part.trim()))
    .reduce((all, one) => all.intersect(one), allKinds);
  return schema(clean);
}

function kindsOfArk(part: string): Kinds {
  const pattern = /^\/(.+)\/$/.exec(part)?.[1];
  if (pattern !== undefined) return kindsAdmittedBy(pattern, '', 'search').union(harmlessText);
  if (/^(?:'[^']*'|"[^"]*"|-?[\d.]+|true|false|null|undefined)(?:$|\s*=)/.test(part)) return allKinds;
  if (/^(?:[-\d.]+\s*<=?\s*)?(?:number|bigint|boolean|Date)\b/.test(part)) return allKinds;
  if (/^string\.(?:uuid|integer|numeric|digits|hex|date)\b/.test(part)) return allKinds;
  if (/^string\.(?:alpha|alphanumeric)\b/.test(part))
    return kindsAdmittedBy('[a-zA-Z0-9]+', '', 'fullmatch').union(harmlessText);
  return /\bstring\b/.test(part) ? harmlessText : noKinds;
}
