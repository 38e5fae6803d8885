import type { Marker, NarrowSource, SinkKind } from '../../sinks/kind.ts';
import { type SinkId, sinkKind, sinkKinds } from '../../sinks/sink-kinds.ts';
import { KindSet } from './kind-set.ts';

/** The kinds of sinks for which a value is harmless, and markers: properties of its text that make it harmless in some places. */
export type Kinds = KindSet;

/** The kinds with an element of their own in a set. The others use the element of the kind that `sharesWith` names. */
const ownKinds: readonly SinkKind[] = sinkKinds.filter(({ sharesWith }) => !sharesWith);

const markers: readonly Marker[] = [
  'address-checked',
  'address-pinned',
  'dn-escaped',
  'shell-quoted',
  'no-tag',
  'not-up',
  'no-leading-slash',
  'no-double-quote',
  'no-single-quote',
];

function marker(name: Marker): Kinds {
  return KindSet.of(ownKinds.length + markers.indexOf(name));
}

/**
 * Marker of a URL: the program has resolved the host and checked its address. The URL is not harmless for `ssrf`, since the
 * client resolves the host again.
 */
export const addressChecked: Kinds = marker('address-checked');
/** Marker of a URL: its host is the checked address itself. The URL is harmless if the client follows no redirect. */
export const addressPinned: Kinds = marker('address-pinned');
export const noKinds: Kinds = KindSet.empty;
/** All kinds of sinks, and the markers that they imply. */
export const allKinds: Kinds = allOf(sinkKinds.map(cleanFor));

/** Marker: the text contains no `..`. It is harmless as a path once a folder is put in front of it. */
export const notUp: Kinds = marker('not-up');

/** Marker: the path begins with no slash. It stays on the site once one slash is put in front of it. */
export const noLeadingSlash: Kinds = marker('no-leading-slash');

/** Marker: the text contains no `<`. It is harmless between the tags of a page, but not elsewhere. */
export const noTag: Kinds = marker('no-tag');
/** Marker: the text contains no `"`. It is harmless in an attribute in double quotes. */
export const noDoubleQuote: Kinds = marker('no-double-quote');
/** Marker: the text contains no `'`. It is harmless in an attribute in single quotes. */
export const noSingleQuote: Kinds = marker('no-single-quote');

const marks: Kinds = noTag.union(noDoubleQuote).union(noSingleQuote);

/**
 * The kinds and markers of a value that may be either of two others: those that both have. There is one exception. If
 * only one of the two is harmless in all kinds, such as a number, it contains no `<` and no quotes. So the markers for
 * these characters are kept if the other value has them.
 */
export function cleanOfBoth(one: Kinds, other: Kinds): Kinds {
  if (one === other) return one;
  const isAll = one.includes(allKinds);
  if (isAll === other.includes(allKinds)) return one.intersect(other);
  return isAll ? one.union(marks).intersect(other) : one.intersect(other.union(marks));
}

/** The markers of a text that contains none of the characters in `gone`. */
export function marksGone(gone: ReadonlySet<string>): Kinds {
  return (gone.has('<') ? noTag : noKinds)
    .union(gone.has('"') ? noDoubleQuote : noKinds)
    .union(gone.has("'") ? noSingleQuote : noKinds);
}

/** Marker: the text is escaped for a distinguished name (DN) of LDAP. In an LDAP filter, its parentheses still do harm. */
export const dnEscaped: Kinds = marker('dn-escaped');

/** Marker: the text is quoted for a shell. It is harmless there unless it is put inside other quotes. */
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

/** What holds of a value that is harmless in all these kinds of sinks: the kinds themselves, and the markers that they imply. */
export function kinds(...names: readonly SinkId[]): Kinds {
  return names.reduce((set, name) => set.union(byKind.get(name) ?? noKinds), noKinds);
}

/** The kinds and markers any one of which makes a value harmless in this kind of sink. */
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
 * The kinds and markers that make a value harmless in this kind of sink. Any one of them is enough.
 * @param isDirect whether the sink is a request that follows no redirect
 */
export function harmlessIn(kind: SinkId, isDirect = false): Kinds {
  return (isDirect ? harmlessDirect : harmless).get(kind) ?? noKinds;
}

/**
 * The kinds and markers that a model's sanitiser stands for: `'tags'`, `'double-quotes'` and `'dn'` are markers,
 * `'all'` is every kind. A sanitiser for one kind alone may add a marker, which the kind defines.
 */
export function kindsOf(names: readonly SinkId[] | 'all' | 'tags' | 'double-quotes' | 'dn'): Kinds {
  if (names === 'dn') return dnEscaped;
  if (names === 'tags') return noTag;
  if (names === 'double-quotes') return noDoubleQuote;
  if (names === 'all') return allKinds;
  const [only, ...others] = names;
  const left = only && others.length === 0 ? sinkKind(only).sanitiserLeaves : undefined;
  return left ? kinds(...names).union(marker(left)) : kinds(...names);
}

/**
 * The kinds of sinks in which data from this source is harmless: all those that do not list the source in `harmfulSources`.
 */
export function harmlessOfSource(source: NarrowSource): Kinds {
  const harmed = sinkKinds.filter(({ harmfulSources }) => harmfulSources?.includes(source));
  return allKinds.without(allOf(harmed.map(({ id }) => kindsOf([id]))));
}
