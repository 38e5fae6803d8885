import { type SinkKind, sinkKinds } from '../../models/model.ts';

/** A set of sink kinds, one bit each: what a value is harmless for. */
export type Kinds = number;

/** Kinds that have no bit of their own, as the same makes values harmless for another: a list of those that are allowed. */
const sharing: Readonly<Partial<Record<SinkKind, SinkKind>>> = {
  format: 'template',
  'mail-text': 'template',
  // A text that begins with no sign of a formula begins with no `-`.
  argument: 'csv',
  // Error details and session keys come from different sources, so that no value is judged for both.
  leak: 'trust',
  // Nothing is a sanitiser of one that is not of the other.
  xxe: 'deserialize',
};

const withBit = sinkKinds.filter((kind) => !sharing[kind]);
const bits: ReadonlyMap<SinkKind, number> = new Map(
  sinkKinds.map((kind) => [kind, 1 << withBit.indexOf(sharing[kind] ?? kind)]),
);

/** The program resolved the host and checked its address. The client resolves it again, so this is not enough for `ssrf`. */
export const addressChecked: Kinds = 1 << withBit.length;
/** The host is itself the address that was checked: harmless as long as no redirect is followed. */
export const addressPinned: Kinds = 1 << (withBit.length + 1);
/** What is harmless for `ssrf` is so however it was checked. */
const ofAddress: Kinds = addressChecked | addressPinned;

export const noKinds: Kinds = 0;
/** All bits of kinds: those above them stand for more than one. */
export const allKinds: Kinds = (1 << (withBit.length + 2)) - 1;

/** No kind of sink: the text holds no `..`, so that it is harmless as a path once a folder stands in front of it. */
export const notUp: Kinds = 1 << 29;

/** The text holds no `<`: harmless between the tags of a page, and no more than that. */
export const noTag: Kinds = 1 << 28;
/** The text holds no `"`, or no `'`: harmless in an attribute in such quotes. */
export const noDoubleQuote: Kinds = 1 << 30;
export const noSingleQuote: Kinds = 1 << 31;

const marks: Kinds = noTag | noDoubleQuote | noSingleQuote;

/** What holds of either of two values: one that is harmless in all markup, as a number is, is so where another has no `<`. */
export function cleanOfBoth(one: Kinds, other: Kinds): Kinds {
  const isAll = (one & allKinds) === allKinds;
  if (isAll === ((other & allKinds) === allKinds)) return one & other;
  return isAll ? (one | marks) & other : one & (other | marks);
}

/** What is known of a text in which none of these characters stands. */
export function marksGone(gone: ReadonlySet<string>): Kinds {
  return (
    (gone.has('<') ? noTag : noKinds) |
    (gone.has('"') ? noDoubleQuote : noKinds) |
    (gone.has("'") ? noSingleQuote : noKinds)
  );
}

/** The text was escaped for a name of a directory, a DN: its parentheses do harm in a filter. */
export const dnEscaped: Kinds = 1 << 26;

/**
 * For which of these a value must be clean to do no harm in a sink.
 *
 * @param isDirect the sink is a request that follows no redirect
 */
export function harmlessIn(kind: SinkKind, isDirect = false): Kinds {
  if (kind === 'xss') return kinds(kind) | noTag;
  // What begins with a scheme, or with a text of our own, is no option.
  if (kind === 'argument') return kinds('argument', 'link');
  if (kind === 'ssrf') return (kinds(kind) & ~ofAddress) | (isDirect ? addressPinned : noKinds);
  return kind === 'ldap' ? kinds(kind) | dnEscaped : kinds(kind);
}

/** A text that was quoted for a shell: harmless there unless it is put inside of other quotes. */
export const shellQuoted: Kinds = 1 << 27;

export function kinds(...names: readonly SinkKind[]): Kinds {
  return names.reduce((set, name) => set | (bits.get(name) ?? 0) | (name === 'ssrf' ? ofAddress : 0), 0);
}

export function kindsOf(names: readonly SinkKind[] | 'all' | 'tags' | 'dn'): Kinds {
  if (names === 'dn') return dnEscaped;
  if (names === 'tags') return noTag;
  if (names === 'all') return allKinds;
  // What is made harmless for shells alone is quoted.
  return names.length === 1 && names[0] === 'command' ? kinds('command') | shellQuoted : kinds(...names);
}
