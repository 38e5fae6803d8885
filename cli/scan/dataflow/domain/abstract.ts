import type { Constant } from '../../ir/ir.ts';
import { type Kinds, noKinds } from './kinds.ts';
import { inexact, joinTaints, noTaints, type Taint, withClean } from './taint.ts';

/** What is known of a value at one place: all that it can be, never less. */
export interface Abstract {
  /** It is one of these, if that is known. */
  readonly consts: readonly Constant[] | undefined;
  readonly taints: readonly Taint[];
  /** Entries of an object, a list (by index) or a map. They hide what the taints say of the same name. */
  readonly fields: ReadonlyMap<string, Abstract> | undefined;
  /** What the other entries can be; undefined where there are none, or nothing is known of them. */
  readonly rest: Abstract | undefined;
  readonly shape: Shape;
  /** Number of items, of a list that is known whole. */
  readonly length: number | undefined;
  /** A text as far as it is known, with a NUL for each part that is not. */
  readonly skeleton: string | undefined;
}

export type Shape = 'unknown' | 'number' | 'boolean' | 'text' | 'list' | 'object' | 'pattern';

/**
 * All values have their fields in this one order, and none is frozen: their fields are read more often than anything else, and
 * are found the fastest where all objects are laid out alike. So what is made often is made by this, and not by a spread.
 */
export function abstract(
  consts: Abstract['consts'],
  taints: Abstract['taints'],
  fields: Abstract['fields'],
  rest: Abstract['rest'],
  shape: Shape,
  length: Abstract['length'],
  skeleton: Abstract['skeleton'],
): Abstract {
  return { consts, taints, fields, rest, shape, length, skeleton };
}

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

/** A regular expression; its source stands behind its flags, where a text has its skeleton. */
export function pattern(source: string, flags: string): Abstract {
  const skeleton = `${flags}/${source}`;
  return abstract(undefined, noTaints, undefined, undefined, 'pattern', undefined, skeleton);
}

/** The expression that a value is, if it is one for certain. */
export function patternIn(
  value: Abstract | undefined,
): { readonly source: string; readonly flags: string } | undefined {
  if (value?.shape !== 'pattern' || !value.skeleton || value.skeleton.includes('\0')) return undefined;
  const end = value.skeleton.indexOf('/');
  return { source: value.skeleton.slice(end + 1), flags: value.skeleton.slice(0, end) };
}

/** Something of which only the taints are known. */
export function tainted(taints: readonly Taint[], shape: Shape = 'unknown'): Abstract {
  if (taints.length === 0 && shape === 'unknown') return unknown;
  return abstract(undefined, taints, undefined, undefined, shape, undefined, undefined);
}

export function withTaints(value: Abstract, taints: readonly Taint[]): Abstract {
  if (taints === value.taints) return value;
  const { consts, fields, rest, shape, length, skeleton } = value;
  return abstract(consts, taints, fields, rest, shape, length, skeleton);
}

/** The same value with other entries: which constant it is, is not known then. */
export function withEntries(
  { taints, shape, skeleton }: Abstract,
  fields: Abstract['fields'],
  rest: Abstract['rest'],
  length?: number,
): Abstract {
  return abstract(undefined, taints, fields, rest, shape, length, skeleton);
}

export function withoutConsts(value: Abstract): Abstract {
  return value.consts ? withEntries(value, value.fields, value.rest, value.length) : value;
}

/** Marks a value, and all in it, as harmless for some kinds. */
export function cleaned(value: Abstract, clean: Kinds): Abstract {
  if (clean === noKinds || !hasTaints(value)) return value;
  const taints = value.taints.map((taint) =>
    taint.clean.includes(clean) ? taint : withClean(taint, taint.clean.union(clean)),
  );
  const fields =
    value.fields && new Map([...value.fields].map(([name, field]) => [name, cleaned(field, clean)]));
  const { consts, shape, length, skeleton } = value;
  return abstract(consts, taints, fields, value.rest && cleaned(value.rest, clean), shape, length, skeleton);
}

/** There is nothing in it that could be of others. */
export function isOfNobody({ taints, rest, fields }: Abstract): boolean {
  return taints.length === 0 && !rest && !fields;
}

/** Whether a value is certainly of others, or something in it is; parameters only may be. */
export function holdsSource({ taints, rest, fields }: Abstract): boolean {
  for (let i = 0; i < taints.length; i++) if ((taints[i] as Taint).origin.kind === 'source') return true;
  if (rest && holdsSource(rest)) return true;
  if (!fields || fields.size === 0) return false;
  for (const field of fields.values())
    if ((field.taints.length > 0 || field.fields || field.rest) && holdsSource(field)) return true;
  return false;
}

/** Whether a value, or anything in it, has a taint. */
export function hasTaints({ taints, rest, fields }: Abstract): boolean {
  if (taints.length > 0) return true;
  if (rest && hasTaints(rest)) return true;
  if (fields) for (const field of fields.values()) if (hasTaints(field)) return true;
  return false;
}

/** The one constant that a value is, wrapped, or undefined. */
export function onlyConst(value: Abstract | undefined): { readonly value: Constant } | undefined {
  return value?.consts?.length === 1 ? { value: value.consts[0] as Constant } : undefined;
}

export function constText(value: Abstract | undefined): string | undefined {
  const only = onlyConst(value);
  return typeof only?.value === 'string' ? only.value : undefined;
}

/** Taints of a value and of all that is in it. */
export function deepTaints(value: Abstract): readonly Taint[] {
  if (!value.fields && !value.rest) return value.taints;
  let all = value.taints;
  if (value.rest) all = joinTaints(all, deepTaints(value.rest));
  if (value.fields)
    for (const field of value.fields.values())
      if (field.taints.length > 0 || field.fields || field.rest) all = joinTaints(all, deepTaints(field));
  return all;
}

/** The same taints, of something that was made of the value. */
export function derived(taints: readonly Taint[]): readonly Taint[] {
  return taints.some((taint) => taint.exact)
    ? taints.map((taint) => (taint.exact ? inexact(taint) : taint))
    : taints;
}

/**
 * What a function of which nothing is known may hand on: a guess, which is followed for what certainly is of
 * others, and not for parameters that might be.
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

/** What a text certainly begins with, or the empty text. */
export function prefixOf(value: Abstract): string {
  return value.skeleton?.split('\0', 1)[0] ?? '';
}

function isFromOutside({ origin }: Taint): boolean {
  return origin.kind === 'source' && (origin.source === 'remote' || origin.source === 'browser');
}
