import type { Finding, Place } from '../finding/finding.ts';

/** What the scanner knows of a project's code, as far as the audit asks. `cli/scan/audit-view.ts` makes it. */
export interface CodeView {
  /** Calls that hand text to an interpreter, a network or a store: all of them, also those without a finding. */
  readonly sites: readonly Site[];
  /** All findings of the scan, suppressed ones included, of every confidence. */
  readonly findings: readonly Finding[];
  /** Those of them that a comment hides, with what it says. */
  readonly suppressed: readonly Suppression[];
  /** Routes with a handler, for lines that speak of every route. */
  readonly routes: readonly Route[];
  /** Every log-in: a route that checks a password, and those that libraries bring. */
  readonly logIns: readonly LogIn[];
  /** Where the code says how errors are answered. */
  readonly errorHandlers: readonly ErrorHandler[];
  /** Applications of frameworks that answer details of errors by default, for which no handler was found. */
  readonly bareApps: readonly BareApp[];
  /** What each file imports: packages by their name. */
  readonly imports: readonly { readonly path: string; readonly line: number; readonly package: string }[];
  /** Files that were not parsed, functions where a bound was reached, calls that could not be resolved to a model: sentences. */
  readonly gaps: readonly string[];
  /** How many files of production were read: tests, examples and documentation are not counted. */
  readonly files: number;
}

export type SiteKind = 'query' | 'template' | 'outbound' | 'upload' | 'log' | 'command';

export interface Site {
  readonly kind: SiteKind;
  readonly place: Place;
  /** As the code has it: `cursor.execute(...)`. */
  readonly call: string;
  /**
   * `constant`: the text is written in the program. `bound`: what varies is passed beside the text, or escaped for its place.
   * `allow-listed`: what varies is one of a fixed list, or proven harmless. `unresolved`: none of these could be shown.
   */
  readonly state: 'constant' | 'bound' | 'allow-listed' | 'unresolved';
  /** What shows the state, in a few words: `parameters beside the text`, `the host is one of 2`. */
  readonly because: string;
}

export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly place: Place;
}

export interface LogIn {
  readonly place: Place;
  /** Its path if that is known, or the name of the function. */
  readonly name: string;
  /** `none`: no limit of attempts was found, though the route is known. */
  readonly limit: 'limited' | 'none' | 'unresolved';
  readonly because: string;
  /** Whether a failure writes to a log; `unseen`: no, and its answer has the status of any other, so that no log of requests tells. */
  readonly log: 'logged' | 'none' | 'unseen' | 'unresolved';
}

export interface ErrorHandler {
  readonly place: Place;
  /** `setErrorHandler`, `errorhandler`, `use` */
  readonly call: string;
  /** One of Bulwark's, which shows no details. */
  readonly isGuard: boolean;
}

export interface Suppression {
  readonly finding: Finding;
  readonly reason: string;
  /** The last day on which it counts, if the comment has one: `2027-01-31`. */
  readonly until: string | undefined;
}

export interface BareApp {
  readonly framework: 'express' | 'fastify' | 'apollo' | 'trpc';
  readonly place: Place;
}
