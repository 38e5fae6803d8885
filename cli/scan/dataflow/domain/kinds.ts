import type { Marker, NarrowSource, SinkKind } from '../../sinks/kind.ts';
import { type SinkId, sinkKind, sinkKinds } from '../../sinks/sink-kinds.ts';
import { KindSet } from './kind-set.ts';

/** A set of sink kinds and markers: what a value is harmless for. */
export type Kinds = KindSet;

/** The kinds with an element of their own: the same makes a value harmless for those that share it. */
const ownKinds: readonly SinkKind[] = sinkKinds.filter(({ sharesWith }) => !sharesWith);

const markers: readonly Marker[] = [
  'address-checked',
  'address-pinned',
  'dn-escaped',
  'shell-quoted',
  'no-tag',
  'not-up',
  'no-double-quote',
  'no-single-quote',
];

function marker(name: Marker): Kinds {
  return KindSet.of(ownKinds.length + markers.indexOf(name));
}

/** The program resolved the host and checked its address. The client resolves it again, so this is not enough for `ssrf`. */
export const addressChecked: Kinds = marker('address-checked');
/** The host is itself the address that was checked: harmless as long as no redirect is followed. */
export const addressPinned: Kinds = marker('address-pinned');
export const noKinds: Kinds = KindSet.empty;
/** All kinds, and the markers that they imply. */
export const allKinds: Kinds = allOf(sinkKinds.map(cleanFor));

/** No kind of sink: the text holds no `..`, so that it is harmless as a path once a folder stands in front of it. */
export const notUp: Kinds = marker('not-up');

/** The text holds no `<`: it is harmless between the tags of a page, but not elsewhere. */
export const noTag: Kinds = marker('no-tag');
/** The text holds no `"`, or no `'`: harmless in an attribute in such quotes. */
export const noDoubleQuote: Kinds = marker('no-double-quote');
export const noSingleQuote: Kinds = marker('no-single-quote');

const marks: Kinds = noTag.union(noDoubleQuote).union(noSingleQuote);

/** What holds of either of two values: one that is harmless in all markup, as a number is, is so where another has no `<`. */
export function cleanOfBoth(one: Kinds, other: Kinds): Kinds {
  if (one === other) return one;
  const isAll = one.includes(allKinds);
  if (isAll === other.includes(allKinds)) return one.intersect(other);
  return isAll ? one.union(marks).intersect(other) : one.intersect(other.union(marks));
}

/** Returns the markers of a text that contains none of these characters. */
export function marksGone(gone: ReadonlySet<string>): Kinds {
  return (gone.has('<') ? noTag : noKinds)
    .union(gone.has('"') ? noDoubleQuote : noKinds)
    .union(gone.has("'") ? noSingleQuote : noKinds);
}

/** The text was escaped for a name of a directory, a DN: its parentheses do harm in a filter. */
export const dnEscaped: Kinds = marker('dn-escaped');

/** A text that was quoted for a shell: harmless there unless it is put inside of other quotes. */
export const shellQuoted: Kinds = marker('shell-quoted');

function allOf(sets: readonly Kinds[]): Kinds {
  return sets.reduce((all, one) => all.union(one), noKinds);
}

/** The elements in the set of every value that is harmless for a kind: the kind itself and the markers that it implies. */
function cleanFor(kind: SinkKind): Kinds {
  const own = KindSet.of(ownKinds.indexOf(kind.sharesWith ?? kind));
  return allOf([own, ...(kind.implies ?? []).map(marker)]);
}

const byKind: ReadonlyMap<string, Kinds> = new Map(sinkKinds.map((kind) => [kind.id, cleanFor(kind)]));

export function kinds(...names: readonly SinkId[]): Kinds {
  return names.reduce((set, name) => set.union(byKind.get(name) ?? noKinds), noKinds);
}

/** The elements of which any one makes a value harmless in this kind of sink. */
function neutralising({ id, neutralisedBy = [], implies = [] }: SinkKind): Kinds {
  const clean = (byKind.get(id) ?? noKinds).without(allOf(implies.map(marker)));
  return allOf([clean, ...neutralisedBy.map((by) => (typeof by === 'string' ? marker(by) : cleanFor(by)))]);
}

const harmless: ReadonlyMap<string, Kinds> = new Map(sinkKinds.map((kind) => [kind.id, neutralising(kind)]));
const harmlessDirect: ReadonlyMap<string, Kinds> = new Map(
  sinkKinds.map((kind) => {
    const direct = kind.neutralisedIfDirect;
    return [kind.id, neutralising(kind).union(direct ? marker(direct) : noKinds)];
  }),
);

/**
 * The kinds and markers of which any one makes a value harmless in this kind of sink.
 *
 * @param isDirect the sink is a request that follows no redirect
 */
export function harmlessIn(kind: SinkId, isDirect = false): Kinds {
  return (isDirect ? harmlessDirect : harmless).get(kind) ?? noKinds;
}

export function kindsOf(names: readonly SinkId[] | 'all' | 'tags' | 'dn'): Kinds {
  if (names === 'dn') return dnEscaped;
  if (names === 'tags') return noTag;
  if (names === 'all') return allKinds;
  const [only, ...others] = names;
  const left = only && others.length === 0 ? sinkKind(only).sanitiserLeaves : undefined;
  return left ? kinds(...names).union(marker(left)) : kinds(...names);
}

/** The kinds in which data of a narrow source is harmless: all that do not list it in `harmfulSources`. */
export function harmlessOfSource(source: NarrowSource): Kinds {
  const harmed = sinkKinds.filter(({ harmfulSources }) => harmfulSources?.includes(source));
  return allKinds.without(allOf(harmed.map(({ id }) => kindsOf([id]))));
}
