/** What is known of a text beside the kinds of sinks that it is harmless for. */
export type Marker =
  /** The host was resolved and its address checked; the client resolves it again. */
  | 'address-checked'
  /** The host is itself the address that was checked. */
  | 'address-pinned'
  /** Escaped for a name of a directory, a DN. */
  | 'dn-escaped'
  | 'shell-quoted'
  /** No `<` is in it. */
  | 'no-tag'
  /** No `..` is in it. */
  | 'not-up'
  | 'no-double-quote'
  | 'no-single-quote';

/** Sources whose data does harm in a few kinds of sinks only. That of all other sources does so in any. */
export type NarrowSource = 'stored' | 'page' | 'host' | 'caller' | 'secret' | 'error';

/** A path longer than this is weak evidence: in steps, and in changes from one function to another. */
export interface PathLimit {
  readonly steps: number;
  readonly functions: number;
}

/** Through how many other functions a path may lead before it is weak evidence. */
export interface FunctionLimit {
  readonly usual: number;
  /** Instead of the usual number, from these sources. */
  readonly bySource?: Readonly<Partial<Record<string, number>>>;
  /** Rows of a database have no limit. */
  readonly isUnlimitedForRows?: true;
}

/** Where the data came from, and at which function of a library it arrived. */
export interface Arrival {
  /** The sink, as the model names it. */
  readonly sink: string;
  /** The source, as the model names it. */
  readonly from: string;
  readonly isStored: boolean;
}

/**
 * A kind of sinks, and what the engine has to know of it. Each has a file in `kinds/` and a line in `kinds.ts`. What a kind does
 * not say is so as it is of most.
 */
export interface SinkKind<Id extends string = string> {
  /** The name that models and rules call it by. */
  readonly id: Id;
  /** A kind that the same values are harmless for, so that one element of a set stands for both. */
  readonly sharesWith?: SinkKind;
  /** What else holds of each value that is harmless here. */
  readonly implies?: readonly Marker[];
  /** What makes a value harmless here beside a sanitiser of this kind. */
  readonly neutralisedBy?: readonly (SinkKind | Marker)[];
  /** What makes it so as well where the sink is a request that follows no redirect. */
  readonly neutralisedIfDirect?: Marker;
  /** What a sanitiser of this kind alone leaves behind. */
  readonly sanitiserLeaves?: Marker;
  /** Whether a text does harm, or only an object that others can choose the entries of. */
  readonly takes: 'text' | 'object';
  /** The sink reads all that is in an object, not only a text. */
  readonly readsNested?: true;
  /** What becomes markup: of a page, or the text of a template. */
  readonly markup?: 'page' | 'template';
  /** Of a list only the first entry does harm: it names the program that the others are arguments of. */
  readonly readsFirstOfList?: true;
  /** A function of the project's own that is passed does no harm: it is run, and no text. */
  readonly isOwnFunctionHarmless?: true;
  /** What makes a sink of a place depends on the place being a table: the name of a file, the type of an answer. */
  readonly needsTable?: true;
  /** The sink runs code or a program, or looks one of them up. */
  readonly runs?: true;
  /** The list of places in the program that these sinks belong to. */
  readonly site?: 'query' | 'template' | 'command' | 'outbound' | 'upload';
  /** The narrow sources whose data does harm here. */
  readonly harmfulSources?: readonly NarrowSource[];
  /** A text that can hold none of these characters is harmless. Undefined: no test of characters makes one so. */
  readonly harmfulCharacters?: string;
  /** These are all: a text is harmless too if a check refuses each of them. */
  readonly isRefusable?: true;
  /** A text from which all of these were removed is harmless. */
  readonly removableCharacters?: string;
  /** Names that code has do harm here, which no test of characters keeps out. */
  readonly isByName?: true;
  /** How long a path may be before it is weak evidence. Undefined: it depends on the source. */
  readonly maxPath?: PathLimit | 'unlimited';
  /** How many functions it may lead through. Undefined: there is no such limit. */
  readonly maxFunctions?: FunctionLimit;
  /** Whether the evidence is weak, by the names of source and sink. */
  readonly isDoubtful?: (arrival: Arrival) => boolean;
  /** The sink leads to an address: the page's own, as it is, leads nowhere else. */
  readonly leadsToAddress?: true;
  /** The sink keeps what was asked for, or leads there again. */
  readonly leadsBack?: true;
  /** The part of the page's address that stands in a link leaves the page where it is, if it can hold no scheme. */
  readonly staysOnSite?: true;
  /** The page's own whole address does no harm here. */
  readonly isOwnAddressHarmless?: true;
  /** What a page's worker is told, or the path that the page is at, is weak evidence here. */
  readonly isOwnPageDoubtful?: true;
  /** Where it is not sure that a sink is one, the evidence is weak from any source. */
  readonly isUnsureDoubtful?: true;
}
