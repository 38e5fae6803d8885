import type { Constant } from '../../ir/ir.ts';
import { type Kinds, noKinds } from './kinds.ts';
import { inexact, joinTaints, noTaints, type Taint, withClean } from './taint.ts';

/**
 * What the analysis knows of a value at one point: an over-approximation of all that the value can be there. Abstract
 * values form a lattice. The function `join` computes its join.
 */
export interface Abstract {
  /** All constants that the value can be. Undefined if it may be anything else. */
  readonly consts: readonly Constant[] | undefined;
  /** The taints of the value itself, which also apply to each entry that `fields` does not list. */
  readonly taints: readonly Taint[];
  /**
   * The known entries of an object, a list (by index) or a map. A read of a known entry gets the taints of the entry,
   * and not those of the whole value.
   */
  readonly fields: ReadonlyMap<string, Abstract> | undefined;
  /** The join of all entries that `fields` does not list. Undefined if there are none, or if nothing is known of them. */
  readonly rest: Abstract | undefined;
  readonly shape: Shape;
  /** The number of items of a list. Undefined if it is not known. */
  readonly length: number | undefined;
  /** The string template: the known parts of a string, with a NUL for each unknown part. */
  readonly textTemplate: string | undefined;
}

/** The type of a value: `unknown` if it may have several. `pattern` is a regular expression. */
export type Shape = 'unknown' | 'number' | 'boolean' | 'text' | 'list' | 'object' | 'pattern';

/**
 * Creates an abstract value. All are created with their properties in this order and none is frozen, so that JavaScript engines
 * read them fastest. Code that runs often calls this function and does not use a spread.
 */
export function abstract(
  consts: Abstract['consts'],
  taints: Abstract['taints'],
  fields: Abstract['fields'],
  rest: Abstract['rest'],
  shape: Shape,
  length: Abstract['length'],
  skeleton: Abstract['textTemplate'],
): Abstract {
  return { consts, taints, fields, rest, shape, length, textTemplate: skeleton };
}

/** The value that the analysis knows nothing about. It has no taints. */
export const unknown: Abstract = ofShape('unknown');
export const aNumber: Abstract = ofShape('number');
export const aBoolean: Abstract = ofShape('boolean');
export const aText: Abstract = ofShape('text');

function ofShape(shape: Shape): Abstract {
  return abstract(undefined, noTaints, undefined, undefined, shape, undefined, undefined);
}

export function constant(value: Constant): Abstract {
  const type = typeof value;
  const shape = type === 'string' ? 'text' : type === 'number' || type === 'boolean' ? type : 'unknown';
  const skeleton = typeof value === 'string' ? value : undefined;
  return abstract([value], noTaints, undefined, undefined, shape, undefined, skeleton);
}

/** The abstract value of a regular expression. Its `textTemplate` is the flags, a slash and the source. */
export function pattern(source: string, flags: string): Abstract {
  const skeleton = `${flags}/${source}`;
  return abstract(undefined, noTaints, undefined, undefined, 'pattern', undefined, skeleton);
}

/** The regular expression that a value is. Undefined if it is something else, or may be one of several. */
export function patternIn(
  value: Abstract | undefined,
): { readonly source: string; readonly flags: string } | undefined {
  if (value?.shape !== 'pattern' || !value.textTemplate || value.textTemplate.includes('\0'))
    return undefined;
  const end = value.textTemplate.indexOf('/');
  return { source: value.textTemplate.slice(end + 1), flags: value.textTemplate.slice(0, end) };
}

/** A value that is known only by its taints. */
export function tainted(taints: readonly Taint[], shape: Shape = 'unknown'): Abstract {
  if (taints.length === 0 && shape === 'unknown') return unknown;
  return abstract(undefined, taints, undefined, undefined, shape, undefined, undefined);
}

/** A copy of a value with these taints instead of its own. The taints of its entries stay. */
export function withTaints(value: Abstract, taints: readonly Taint[]): Abstract {
  if (taints === value.taints) return value;
  const { consts, fields, rest, shape, length, textTemplate: skeleton } = value;
  return abstract(consts, taints, fields, rest, shape, length, skeleton);
}

/** A copy of a value with these entries and this length. It has no `consts`, since those describe the old value. */
export function withEntries(
  { taints, shape, textTemplate: skeleton }: Abstract,
  fields: Abstract['fields'],
  rest: Abstract['rest'],
  length?: number,
): Abstract {
  return abstract(undefined, taints, fields, rest, shape, length, skeleton);
}

/** A copy of a value whose constants are unknown: its `consts` are undefined. */
export function withoutConsts(value: Abstract): Abstract {
  return value.consts ? withEntries(value, value.fields, value.rest, value.length) : value;
}

/** A copy of a value in which all taints, at any depth of entries, are also sanitised for these kinds of sinks. */
export function cleaned(value: Abstract, clean: Kinds): Abstract {
  if (clean === noKinds) return value;
  return mapTaints(value, (taint) =>
    taint.clean.includes(clean) ? taint : withClean(taint, taint.clean.union(clean)),
  );
}

/** A copy of a value in which each taint, those of entries included, is replaced. */
export function mapTaints(value: Abstract, change: (taint: Taint) => Taint): Abstract {
  if (!hasTaints(value)) return value;
  const fields =
    value.fields && new Map([...value.fields].map(([name, field]) => [name, mapTaints(field, change)]));
  const { consts, taints, shape, length, textTemplate: skeleton } = value;
  const rest = value.rest && mapTaints(value.rest, change);
  return abstract(consts, taints.map(change), fields, rest, shape, length, skeleton);
}

/** Whether a value has neither taints nor entries. A quick test: a value with untainted entries gives false; see `hasTaints`. */
export function isUntainted({ taints, rest, fields }: Abstract): boolean {
  return taints.length === 0 && !rest && !fields;
}

/**
 * Whether a value or one of its entries, at any depth, has a taint from a source. A taint from a parameter does not count.
 */
export function holdsSource({ taints, rest, fields }: Abstract): boolean {
  for (let i = 0; i < taints.length; i++) if ((taints[i] as Taint).origin.kind === 'source') return true;
  if (rest && holdsSource(rest)) return true;
  if (!fields || fields.size === 0) return false;
  for (const field of fields.values())
    if ((field.taints.length > 0 || field.fields || field.rest) && holdsSource(field)) return true;
  return false;
}

/** Whether a value or one of its entries, at any depth, has a taint of any origin. */
export function hasTaints({ taints, rest, fields }: Abstract): boolean {
  if (taints.length > 0) return true;
  if (rest && hasTaints(rest)) return true;
  if (fields) for (const field of fields.values()) if (hasTaints(field)) return true;
  return false;
}

/** The constant that a value is, wrapped since it may be `undefined` itself. Undefined if the value may be anything else. */
export function onlyConst(value: Abstract | undefined): { readonly value: Constant } | undefined {
  return value?.consts?.length === 1 ? { value: value.consts[0] as Constant } : undefined;
}

/** The string constant that a value is. Undefined if the value may be anything else. */
export function constText(value: Abstract | undefined): string | undefined {
  const only = onlyConst(value);
  return typeof only?.value === 'string' ? only.value : undefined;
}

/** The union of the taints of a value and of its entries at any depth. */
export function deepTaints(value: Abstract): readonly Taint[] {
  if (!value.fields && !value.rest) return value.taints;
  let all = value.taints;
  if (value.rest) all = joinTaints(all, deepTaints(value.rest));
  if (value.fields)
    for (const field of value.fields.values())
      if (field.taints.length > 0 || field.fields || field.rest) all = joinTaints(all, deepTaints(field));
  return all;
}

/** Copies of these taints for a value that is derived from the tainted one. None of them is `exact`. */
export function derived(taints: readonly Taint[]): readonly Taint[] {
  return taints.some((taint) => taint.exact)
    ? taints.map((taint) => (taint.exact ? inexact(taint) : taint))
    : taints;
}

/**
 * The result of calling an unknown function with these arguments. The function may return an argument, so the result
 * has the taints of all arguments, marked as weak. Only taints from remote or browser sources are kept.
 */
export function perhaps(values: readonly Abstract[]): Abstract {
  let all = noTaints;
  for (const value of values) {
    const taints = deepTaints(value).filter(isFromOutside);
    all = joinTaints(
      all,
      taints.map((taint) => ({ ...taint, exact: false, weak: true })),
    );
  }
  return tainted(all);
}

/** The part of a string before the first unknown part. Empty if its beginning is unknown. */
export function prefixOf(value: Abstract): string {
  return value.textTemplate?.split('\0', 1)[0] ?? '';
}

function isFromOutside({ origin }: Taint): boolean {
  return origin.kind === 'source' && (origin.source === 'remote' || origin.source === 'browser');
}
