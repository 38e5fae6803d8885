import type { CspChanges, CspSources } from './directives.ts';

/** Changes to a policy: to the strict one in `csp(...)`, to an existing one in `policy.with(...)`. */
export interface CspOptions {
  /** Replaces individual directives; `false` removes one. */
  readonly directives?: CspChanges;
  /** Adds sources to individual directives. A directive that isn't set starts with the sources of its fallback. */
  readonly extend?: CspSources;
  /**
   * Allows `'unsafe-inline'`, `'unsafe-eval'` or a wildcard for scripts in these options, and the removal of directives that stop
   * injected scripts.
   */
  readonly allowUnsafeScripts?: boolean;
  /**
   * `true` sends the policy as `Content-Security-Policy-Report-Only`: nothing is blocked. With a record of directives, the policy
   * stays enforced, and a second one with these changes is only reported, to try them out.
   */
  readonly reportOnly?: boolean | CspChanges;
  /**
   * Whether strings may reach `innerHTML` and similar sinks: `'report'` (the default) reports it in the console and to `reportTo`,
   * `'enforce'` blocks it, `false` allows it.
   */
  readonly trustedTypes?: 'report' | 'enforce' | false;
  /** The names of the Trusted Types policies that scripts may create. None by default. */
  readonly trustedTypesPolicies?: readonly string[];
  /** Where browsers send reports: a path of this site, such as `/csp-reports`, or an https URL. */
  readonly reportTo?: string;
}
