import type { CspChanges, CspSources } from './directives.ts';

/** Changes to a policy: to the strict one in `csp(...)`, to an existing one in `policy.with(...)`. */
export interface CspOptions {
  /** Replaces single directives; `false` leaves one out. */
  readonly directives?: CspChanges;
  /** Adds sources to single directives. One that is not there begins with what it would fall back to. */
  readonly extend?: CspSources;
  /**
   * Lets these options hold `'unsafe-inline'`, `'unsafe-eval'` or a wildcard for scripts, and leave out what keeps
   * injected ones away.
   */
  readonly allowUnsafeScripts?: boolean;
  /**
   * `true` sends the policy as `Content-Security-Policy-Report-Only`: nothing is stopped. A record of directives is
   * tried out: the policy stays enforced, and beside it one with these changes is reported.
   */
  readonly reportOnly?: boolean | CspChanges;
  /**
   * Whether strings may reach `innerHTML` and the like: `'report'` (the default) tells in the console and to `reportTo`,
   * `'enforce'` stops it, `false` says nothing.
   */
  readonly trustedTypes?: 'report' | 'enforce' | false;
  /** The names of the Trusted Types policies that scripts may create. None by default. */
  readonly trustedTypesPolicies?: readonly string[];
  /** Where browsers send reports: a path of this site, such as `/csp-reports`, or an https URL. */
  readonly reportTo?: string;
}
