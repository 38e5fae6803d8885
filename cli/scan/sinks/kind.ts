/** A fact about a text, in addition to the sink kinds that it is sanitised for. */
export type Marker =
  /** The address of the host was checked, but the client resolves the host again and may get another address. */
  | 'address-checked'
  /** The host is the checked address itself, so the client resolves nothing. */
  | 'address-pinned'
  /** The text is escaped for a distinguished name (DN) of LDAP. */
  | 'dn-escaped'
  | 'shell-quoted'
  /** The text contains no `<`. */
  | 'no-tag'
  /** The text contains no `..`. */
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
  /** The limit does not apply to data from a database. */
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
 * A kind of sink, such as SQL, with all facts that the analysis needs. Each kind has a file in `kinds/` and a line in
 * `kinds.ts`. An optional property is absent where most kinds agree.
 */
export interface SinkKind<Id extends string = string> {
  /** The name that models and rules use. */
  readonly id: Id;
  /** A kind that is treated as having the same sanitisers. Both kinds are one element in a set of kinds. */
  readonly sharesWith?: SinkKind;
  /** Markers that each value has if it is sanitised for this kind. */
  readonly implies?: readonly Marker[];
  /** A value is also harmless here if it is sanitised for one of these kinds, or has one of these markers. */
  readonly neutralisedBy?: readonly (SinkKind | Marker)[];
  /** A value with this marker is also harmless here if the sink is a request that doesn't follow redirects. */
  readonly neutralisedIfDirect?: Marker;
  /** A marker that a value also gets from a sanitiser whose model names only this kind. */
  readonly sanitiserLeaves?: Marker;
  /** What is harmful here: a text, or only an object whose entries an attacker chooses. */
  readonly takes: 'text' | 'object';
  /** The sink reads all values inside an object or a list, so their taints count too. */
  readonly readsNested?: true;
  /** The text becomes markup of a page, or the source of a template. */
  readonly markup?: 'page' | 'template';
  /** Only the first entry of a list does harm: it is the program, and the rest are its arguments. */
  readonly readsFirstOfList?: true;
  /** A function of the project is harmless here, because the sink calls it and evaluates no text: `setTimeout(f)`. */
  readonly isOwnFunctionHarmless?: true;
  /** The value is harmful only in a table, such as a CSV file or a response of type `text/csv`. */
  readonly needsTable?: true;
  /** The sink runs code or a program, or looks up code by its name. */
  readonly runs?: true;
  /** The victim is the user who opens a link, a page or a file. A log-in for the route does not protect this user. */
  readonly harmsVisitor?: true;
  /** The inventory that lists these sinks for the audit. */
  readonly site?: 'query' | 'template' | 'command' | 'outbound' | 'upload';
  /** The narrow sources whose data is harmful here. If absent, data from no narrow source is. */
  readonly harmfulSources?: readonly NarrowSource[];
  /** A text is harmless if an allowlist such as `/^[a-z]+$/` admits none of these. Absent: no such test helps. */
  readonly harmfulCharacters?: string;
  /** Only `harmfulCharacters` are harmful, so a check that rejects all of them also proves a text harmless. */
  readonly isRefusable?: true;
  /** A text is harmless once all of these characters were removed from it. */
  readonly removableCharacters?: string;
  /** A text that names existing code, such as `constructor`, is harmful here. No test of characters excludes it. */
  readonly isByName?: true;
  /** When a path counts as too long, so that it is weak evidence. If absent, the limit depends on the source. */
  readonly maxPath?: PathLimit | 'unlimited';
  /** When a path leads through too many functions, so that it is weak evidence. If absent, there is no such limit. */
  readonly maxFunctions?: FunctionLimit;
  /** Whether the evidence is weak, judging by the names of the source and the sink. */
  readonly isDoubtful?: (arrival: Arrival) => boolean;
  /** The sink opens or requests a URL. The page's own unchanged address is weak evidence here. */
  readonly leadsToAddress?: true;
  /** The sink redirects to a URL, or stores it for later. The unchanged URL of the request is weak evidence here. */
  readonly leadsBack?: true;
  /** A part of the page's own address is harmless here if it cannot begin with a scheme: `location.hash`. */
  readonly staysOnSite?: true;
  /** The page's own address is harmless here as a whole: `location.href`. */
  readonly isOwnAddressHarmless?: true;
  /** The path of the page (`location.pathname`) and a message from a page to its worker are weak evidence here. */
  readonly isOwnPageDoubtful?: true;
  /** If it is uncertain whether a call or store is a sink, the evidence is weak here for data from any source. */
  readonly isUnsureDoubtful?: true;
}
