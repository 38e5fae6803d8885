import { maxConstants, maxFields, maxValueDepth, maxValueSize } from '../../budgets/dataflow.ts';
import type { Constant } from '../../ir/ir.ts';
import { type Abstract, abstract, constant, hasTaints, tainted, unknown, withoutConsts } from './abstract.ts';
import { isNoMoreThan, trimmed, whole } from './extent.ts';
import { taintsInside } from './inside.ts';
import { joinTaints } from './taint.ts';

/** A value that is one of these constants. `unknown` if there are none or too many. */
export function constants(values: readonly Constant[]): Abstract {
  const [first] = values;
  if (values.length === 0 || values.length > maxConstants) return unknown;
  return values.length === 1 ? constant(first) : values.map(constant).reduce((a, b) => join(a, b));
}

/**
 * The join of the lattice: a value that may be either of the two. If one of them is null or undefined, what is known of the
 * other is kept, except its constants.
 */
export function join(a: Abstract, b: Abstract): Abstract {
  if (a === b) return a;
  if (a.consts && isNothing(a)) return isNothing(b) ? joinConsts(a, b) : withoutConsts(b);
  if (b.consts && isNothing(b)) return withoutConsts(a);
  const both = a.consts && b.consts ? [...new Set([...a.consts, ...b.consts])] : undefined;
  const fields = a.fields || b.fields ? joinFields(a, b) : undefined;
  const rest = a.rest && b.rest ? join(a.rest, b.rest) : (a.rest ?? b.rest);
  const joined = abstract(
    both && both.length <= maxConstants ? both : undefined,
    a.taints === b.taints ? a.taints : joinTaints(a.taints, b.taints),
    fields,
    rest,
    a.shape === b.shape ? a.shape : 'unknown',
    a.length === b.length ? a.length : undefined,
    a.textTemplate === b.textTemplate ? a.textTemplate : joinSkeletons(a.textTemplate, b.textTemplate),
  );
  return fields || rest ? bounded(joined) : joined;
}

/** Whether a value is `null`, `None` or `undefined`. These harm no sink, so a join keeps what is known of the other value. */
function isNothing(value: Abstract): boolean {
  return value.consts?.length === 1 && (value.consts[0] === undefined || value.consts[0] === null);
}

function joinConsts(a: Abstract, b: Abstract): Abstract {
  const { taints, fields, rest, shape, length, textTemplate: skeleton } = a;
  const consts = [...new Set([...(a.consts ?? []), ...(b.consts ?? [])])];
  return abstract(consts, taints, fields, rest, shape, length, skeleton);
}

function joinFields(a: Abstract, b: Abstract): Map<string, Abstract> {
  const fields = new Map<string, Abstract>();
  if (a.fields)
    for (const [name, x] of a.fields) fields.set(name, join(x, b.fields?.get(name) ?? withoutName(b, name)));
  if (b.fields)
    for (const [name, y] of b.fields) if (!fields.has(name)) fields.set(name, join(y, withoutName(a, name)));
  return fields;
}

/** The value of an entry that `fields` does not list. It is absent if all entries of the object are known. */
function withoutName({ rest, taints, fields }: Abstract, name: string): Abstract {
  if (rest) return rest;
  return fields && taints.length === 0 ? absent : tainted(taintsInside(taints, name));
}

const absent = constant(undefined);

function joinSkeletons(a: string | undefined, b: string | undefined): string | undefined {
  if (!a || !b) return undefined;
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n === 0 ? undefined : `${a.slice(0, n)}\0`;
}

/** Whether a value is surely within all bounds: it has few entries, and none of them has entries. A quick test for most values. */
function isSmall({ fields, rest }: Abstract): boolean {
  if (rest && (rest.fields || rest.rest)) return false;
  if (!fields) return true;
  if (fields.size > maxValueSize - 2) return false;
  for (const field of fields.values()) if (field.fields || field.rest) return false;
  return true;
}

/** Returns a value of bounded size, so that the fixed point is reached. Entries that do not fit are collapsed to their taints. */
export function bounded(value: Abstract): Abstract {
  if (!value.fields && !value.rest) return value;
  if (value.fields && value.fields.size > maxFields) {
    const all = [...value.fields.values()].reduce((a, b) => join(a, b));
    const { consts, taints, rest, shape, textTemplate: skeleton } = value;
    const any = rest ? join(rest, all) : all;
    return bounded(abstract(consts, taints, undefined, any, shape, undefined, skeleton));
  }
  if (isSmall(value)) return value;
  let less = value;
  for (let levels = maxValueDepth; levels > 0; levels--) {
    less = trimmed(less, levels);
    if (isNoMoreThan(less, maxValueSize)) return less;
    // Drops untainted entries of entries before the taint of one of them spreads to all others.
    const taintedParts = eachEntry(less, taintedEntries);
    if (isNoMoreThan(taintedParts, maxValueSize)) return taintedParts;
  }
  if (!value.fields) return whole(value);
  const tainted = taintedEntries(less);
  return isNoMoreThan(tainted, maxValueSize) ? tainted : whole(value);
}

/** Keeps only entries with taints, at all levels. */
function taintedEntries(value: Abstract): Abstract {
  if (!value.fields && !value.rest) return value;
  const { consts, taints, fields, rest, shape, textTemplate: skeleton } = value;
  const kept = fields && new Map([...fields].filter(([, field]) => hasTaints(field)));
  return eachEntry(abstract(consts, taints, kept, rest, shape, undefined, skeleton), taintedEntries);
}

function eachEntry(value: Abstract, change: (entry: Abstract) => Abstract): Abstract {
  const { consts, taints, fields, rest, shape, length, textTemplate: skeleton } = value;
  const changed = fields && new Map([...fields].map(([name, field]) => [name, change(field)]));
  return abstract(consts, taints, changed, rest && change(rest), shape, length, skeleton);
}
