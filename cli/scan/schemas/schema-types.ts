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
} from '../libraries/javascript/data/schema-types.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { isSchema, schema } from './schema-values.ts';

/** What a text is harmless for, whatever stands in it. */
export const harmlessText: Kinds = kinds('nosql', 'mass-assignment', 'prototype');

/** Whether a type of a schema leaves nothing to choose that does harm. */
export function leavesNothing(type: string): boolean {
  return wholeTypes.has(type);
}

/** A schema where one is given: what is known to be one, a type that is no call (`t.number`), and arktype's texts. */
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

/** `z`, `z.coerce`. */
export function fromLibrary(frame: FunctionView, value: ValueId): boolean {
  return isOfLibrary(frame, value, maxMembers);
}

/** The same of a member of a member of a library, however many more there are. */
export function isOfLibrary(
  { func: { code } }: FunctionView,
  value: ValueId,
  hops: number = code.length,
): boolean {
  let inst = code[value];
  for (let depth = 0; depth < hops && inst?.op === 'member'; depth++) inst = code[inst.object];
  return inst?.op === 'import' && schemaLibraries.has(inst.specifier);
}

const maxMembers = 8;

/** The fields of a schema of an object, each a schema where it is known. */
export function givenFields(
  frame: FunctionView,
  value: ValueId | undefined,
  it: Abstract,
): readonly [string, Abstract][] {
  const place = value === undefined ? undefined : origin(frame.linked, { func: frame.id, value });
  const written = place && instAt(frame.linked, place);
  // Values of types are read where they are written, as they are no calls.
  const isHere = place?.func === frame.id && written?.op === 'object';
  return [...(it.fields ?? [])].map(([name, inner]) => {
    const at = isHere ? written.values[written.keys.indexOf(name)] : undefined;
    return [name, givenSchema(frame, at, inner) ?? inner];
  });
}

/** The same of arktype: `type({ 'sort?': "'name' | 'age'" })`. */
export function arkFields(it: Abstract): readonly [string, Abstract][] {
  return [...(it.fields ?? [])].map(([name, inner]) => [name.replace(/\?$/, ''), arkType(inner) ?? inner]);
}

/** The schema that a text of arktype's is: `number.integer > 0`, `'asc' | 'desc'`, `/^[a-z]+$/`. */
export function arkType(it: Abstract): Abstract | undefined {
  if (isSchema(it)) return it;
  const text = constText(it);
  if (text === undefined || text.length > maxText) return undefined;
  const clean = text
    .split('|')
    .map((part) => kindsOfArk(part.trim()))
    .reduce((all, one) => all.intersect(one), allKinds);
  return schema(clean);
}

const maxText = 500;

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
