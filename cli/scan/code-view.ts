import type { Finding, Place } from '../finding/finding.ts';

/** What the audit can ask about a project's code. Made by `cli/scan/audit-view.ts`. */
export interface CodeView {
  /** All calls that pass text to an interpreter, a network or a store, also those without a finding. */
  readonly sites: readonly Site[];
  /** All findings of the scan, suppressed ones included, of every confidence. */
  readonly findings: readonly Finding[];
  /** The findings that a comment suppresses, with the comment. */
  readonly suppressed: readonly Suppression[];
  /** Routes with a handler, for checks of every route. */
  readonly routes: readonly Route[];
  /** Every log-in: routes that check a password, and those that libraries provide. */
  readonly logIns: readonly LogIn[];
  /** Where the code defines how errors are answered. */
  readonly errorHandlers: readonly ErrorHandler[];
  /** Applications of frameworks that send error details by default, and for which no handler was found. */
  readonly bareApps: readonly BareApp[];
  /** The imports of each file, by package name. */
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
  /** As in the code: `cursor.execute(...)`. */
  readonly call: string;
  /**
   * `constant`: the text is constant. `bound`: variable parts are bound as parameters, or escaped for their context.
   * `allow-listed`: variable parts are from a fixed list, or proven harmless. `unresolved`: none of these was shown.
   */
  readonly state: 'constant' | 'bound' | 'allow-listed' | 'unresolved';
  /** The reason for the state, in a few words: `parameters beside the text`, `the host is one of 2`. */
  readonly because: string;
}

export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly place: Place;
}

export interface LogIn {
  readonly place: Place;
  /** Its path if known, or the name of the function. */
  readonly name: string;
  /** `none`: the route is known, and no limit of attempts was found. */
  readonly limit: 'limited' | 'none' | 'unresolved';
  readonly because: string;
  /**
   * Whether failures are logged; `unseen`: they are not, and the status of the response is a usual one, so that access
   * logs don't show them either.
   */
  readonly log: 'logged' | 'none' | 'unseen' | 'unresolved';
}

export interface ErrorHandler {
  readonly place: Place;
  /** `setErrorHandler`, `errorhandler`, `use` */
  readonly call: string;
  /** A handler of Bulwark's, which sends no details. */
  readonly isGuard: boolean;
}

export interface Suppression {
  readonly finding: Finding;
  readonly reason: string;
  /** The expiry date of the comment, if it has one: `2027-01-31`. */
  readonly until: string | undefined;
}

export interface BareApp {
  readonly framework: 'express' | 'fastify' | 'apollo' | 'trpc';
  readonly place: Place;
}
