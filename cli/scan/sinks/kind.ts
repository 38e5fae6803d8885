/** A fact about a text, in addition to the sink kinds that it is sanitised for. */
export type Marker =
  /** The host was resolved and its address checked; the client resolves it again. */
  | 'address-checked'
  /** The host is itself the address that was checked. */
  | 'address-pinned'
  /** Escaped for a name of a directory, a DN. */
  | 'dn-escaped'
  | 'shell-quoted'
  /** It contains no `<`. */
  | 'no-tag'
  /** It contains no `..`. */
  | 'not-up'
  /** It begins with no slash, and is a path. */
  | 'no-leading-slash'
  | 'no-double-quote'
  | 'no-single-quote';

/** Sources whose data is harmful only in a few kinds of sinks. Data from any other source is harmful in all of them. */
export type NarrowSource = 'stored' | 'page' | 'host' | 'caller' | 'secret' | 'error';

/** When a path counts as weak evidence: if it has more than `steps` steps, or crosses `functions` function boundaries or more. */
export interface PathLimit {
  readonly steps: number;
  readonly functions: number;
}

/** When a path counts as weak evidence: if it leads through at least this many functions besides the one with the sink. */
export interface FunctionLimit {
  readonly usual: number;
  /** Limits for some sources, which replace the usual limit. */
  readonly bySource?: Readonly<Partial<Record<string, number>>>;
  /** Rows of a database have no limit. */
  readonly isUnlimitedForRows?: true;
}

/** The source and the sink of a path. */
export interface Arrival {
  /** The sink, as the model names it. */
  readonly sink: string;
  /** The source, as the model names it. */
  readonly from: string;
  readonly isStored: boolean;
}

/**
 * A kind of sink, with all facts that the analysis needs. Each has a file in `kinds/` and a line in `kinds.ts`. A property that
 * is absent has the value that most kinds share.
 */
export interface SinkKind<Id extends string = string> {
  /** The name that models and rules use. */
  readonly id: Id;
  /** A kind with the same sanitisers, so that one element of a set represents both. */
  readonly sharesWith?: SinkKind;
  /** The markers of each value that is sanitised for this kind. */
  readonly implies?: readonly Marker[];
  /** Kinds and markers that neutralise a value here, in addition to a sanitiser of this kind. */
  readonly neutralisedBy?: readonly (SinkKind | Marker)[];
  /** A marker that also neutralises a value here, if the sink is a request that doesn't follow redirects. */
  readonly neutralisedIfDirect?: Marker;
  /** The marker that a sanitiser for this kind alone leaves on a value. */
  readonly sanitiserLeaves?: Marker;
  /** What is harmful here: a text, or only an object whose entries an attacker chooses. */
  readonly takes: 'text' | 'object';
  /** The sink reads everything in an object, not only a text. */
  readonly readsNested?: true;
  /** The text becomes markup of a page, or the source of a template. */
  readonly markup?: 'page' | 'template';
  /** Only the first entry of a list does harm: it is the program, and the rest are its arguments. */
  readonly readsFirstOfList?: true;
  /** A function of the project does no harm here: it is called, and no text is evaluated. */
  readonly isOwnFunctionHarmless?: true;
  /** The value is harmful only in a table, such as a CSV file or a response of type `text/csv`. */
  readonly needsTable?: true;
  /** The sink runs code or a program, or looks one of them up. */
  readonly runs?: true;
  /** The harm is done to whoever opens a link, a page or a file. A route that asks for a log-in keeps no attacker out. */
  readonly harmsVisitor?: true;
  /** The inventory that lists these sinks for the audit. */
  readonly site?: 'query' | 'template' | 'command' | 'outbound' | 'upload';
  /** The narrow sources whose data does harm here. */
  readonly harmfulSources?: readonly NarrowSource[];
  /** A text that cannot contain any of these characters is harmless. Undefined: no test of characters helps. */
  readonly harmfulCharacters?: string;
  /** `harmfulCharacters` is complete: a text is also harmless if a check rejects each of them. */
  readonly isRefusable?: true;
  /** A text is harmless once all of these characters were removed from it. */
  readonly removableCharacters?: string;
  /** Names that exist in the code do harm here, and no test of characters keeps them out. */
  readonly isByName?: true;
  /** The bound on a path, beyond which it is weak evidence. Undefined: it depends on the source. */
  readonly maxPath?: PathLimit | 'unlimited';
  /** The bound on the functions that a path leads through. Undefined: there is none. */
  readonly maxFunctions?: FunctionLimit;
  /** Whether the evidence is weak, by the names of source and sink. */
  readonly isDoubtful?: (arrival: Arrival) => boolean;
  /** The sink navigates to an address. The page's own address, unchanged, leads nowhere else. */
  readonly leadsToAddress?: true;
  /** The sink stores the requested address, or navigates to it again. */
  readonly leadsBack?: true;
  /** A part of the page's address in a link stays on the site, if it cannot contain a scheme. */
  readonly staysOnSite?: true;
  /** The page's own whole address does no harm here. */
  readonly isOwnAddressHarmless?: true;
  /** The path of the page, or a message to its worker, is weak evidence here. */
  readonly isOwnPageDoubtful?: true;
  /** The evidence is weak for any source if it is uncertain whether this is a sink at all. */
  readonly isUnsureDoubtful?: true;
}
