import type { Finding, Place } from '../finding/finding.ts';

/** What the audit knows about a project's code. Made by `cli/scan/audit-view.ts`. */
export interface CodeView {
  /** All calls of the kinds that the audit lists, such as queries and uploads, also those without a finding. */
  readonly sites: readonly Site[];
  /** All findings of the scan, whatever their confidence, including suppressed ones. */
  readonly findings: readonly Finding[];
  /** The findings that a comment suppresses, with the comment. */
  readonly suppressed: readonly Suppression[];
  /** All routes with a handler. */
  readonly routes: readonly Route[];
  /** All log-ins: routes that check a password, and those that libraries provide. */
  readonly logIns: readonly LogIn[];
  /** The places that define how errors are answered. */
  readonly errorHandlers: readonly ErrorHandler[];
  /** Applications of frameworks that send error details by default, and for which no handler was found. */
  readonly bareApps: readonly BareApp[];
  /** The imports of each file, by package name. */
  readonly imports: readonly { readonly path: string; readonly line: number; readonly package: string }[];
  /** Sentences about code that was not analysed completely, such as files that could not be parsed. */
  readonly gaps: readonly string[];
  /** The number of scanned files. Tests, examples and documentation are not counted. */
  readonly files: number;
}

export type SiteKind = 'query' | 'template' | 'outbound' | 'upload' | 'log' | 'command';

/** A call of one of the kinds that the audit lists. */
export interface Site {
  readonly kind: SiteKind;
  readonly place: Place;
  /** The call as the code spells it: `cursor.execute(...)`. */
  readonly call: string;
  /**
   * `constant`: the text is constant. `bound`: variable parts are bound as parameters, or escaped for their context.
   * `allow-listed`: variable parts are from a fixed list, or proven harmless. `unresolved`: none of these could be shown.
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
  /** The path of the route, or the name of the function if the path is unknown. */
  readonly name: string;
  /** Whether the number of attempts is limited. `none`: the route is known, and no limit was found. */
  readonly limit: 'limited' | 'none' | 'unresolved';
  /** The reason for `limit`, in a few words. */
  readonly because: string;
  /**
   * Whether failures are logged. `unseen`: they are not, and access logs don't show them either, since a failed log-in gets the
   * same status code as a successful one.
   */
  readonly log: 'logged' | 'none' | 'unseen' | 'unresolved';
}

export interface ErrorHandler {
  readonly place: Place;
  /** The name of the function that registers the handler: `setErrorHandler`, `errorhandler`, `use`. */
  readonly call: string;
  /** Whether the handler is that of Bulwark, which sends no details. */
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
