import type { CspOptions } from './csp-options.ts';
import { type CspPlan, changePlan, strictPlan } from './csp-plan.ts';
import { endpointName, writePolicies } from './written-policy.ts';

/** A policy with a place for the nonce: one is made at start, and `headers` is called for each response. */
export interface Csp {
  /** The header of the policy itself. */
  readonly name: 'Content-Security-Policy' | 'Content-Security-Policy-Report-Only';
  /** False for a policy of hashes and hosts alone: its pages may be cached and shared. */
  readonly needsNonce: boolean;
  /**
   * The value of the header `name`.
   *
   * @param nonce 128 random bits or more in base64, fresh for each response; not needed where `needsNonce` is false
   * @throws Misuse `csp/invalid-nonce`
   */
  header(nonce?: string): string;
  /**
   * Every header that belongs to the policy: itself, what is only reported beside it, and `Reporting-Endpoints`.
   *
   * @returns pairs of name and value, frozen
   * @throws Misuse `csp/invalid-nonce`
   */
  headers(nonce?: string): readonly (readonly [name: string, value: string])[];
  /**
   * A policy of its own with changes to this one, which stays as it is. Make it at start, not for each response.
   *
   * @throws Misuse as `csp` does; what `allowUnsafeScripts` lets in must be asked for in these options too
   */
  with(changes: CspOptions): Csp;
}

/**
 * Builds a Content-Security-Policy (CSP3), strict where the options say nothing else: a script runs when it carries the
 * response's nonce or was loaded by one that does. `'nonce'` in a list stands for that nonce.
 *
 * @throws Misuse `csp/invalid-directive` for what is not a directive or a source, `csp/unsafe-scripts` for what lets
 * injected scripts run, `bulwark/invalid-option` for another option.
 *
 * @example
 * ```ts
 * import { csp } from 'bulwark/csp';
 *
 * const policy = csp({ extend: { 'img-src': ['https://images.example.com'] } });
 * policy.header('dGhpcyBpcyAxMjggYml0cyE='); // "default-src 'self'; script-src 'nonce-dGhp...' 'strict-dynamic'; ..."
 * policy.headers('dGhpcyBpcyAxMjggYml0cyE=').map(([name]) => name);
 * // ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'], the second for Trusted Types
 * policy.with({ extend: { 'frame-src': ['https://maps.example.com'] } }); // for the one page with the map
 * ```
 */
export function csp(options: CspOptions = {}): Csp {
  return policyOf(changePlan(strictPlan, options));
}

function policyOf(plan: CspPlan): Csp {
  const { main, beside } = writePolicies(plan);
  const name = plan.reportOnly ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy';
  const besideOf = (nonce?: string): Header[] =>
    beside ? [pair('Content-Security-Policy-Report-Only', beside.text(nonce))] : [];
  // What no nonce changes is put together once, not for each response.
  const fixed = beside?.needsNonce === true ? undefined : besideOf();
  const endpoints =
    plan.reportTo === undefined ? [] : [pair('Reporting-Endpoints', `${endpointName}="${plan.reportTo}"`)];
  return Object.freeze({
    name,
    needsNonce: main.needsNonce || beside?.needsNonce === true,
    header: (nonce?: string) => main.text(nonce),
    headers: (nonce?: string) =>
      Object.freeze([pair(name, main.text(nonce)), ...(fixed ?? besideOf(nonce)), ...endpoints]),
    with: (changes: CspOptions) => policyOf(changePlan(plan, changes)),
  });
}

type Header = readonly [name: string, value: string];

function pair(name: string, value: string): Header {
  return Object.freeze([name, value] as const);
}
