import type { CspOptions } from './csp-options.ts';
import { type CspPlan, changePlan, strictPlan } from './csp-plan.ts';
import { endpointName, writePolicies } from './written-policy.ts';

/** A policy with a placeholder for the nonce. Create it once at startup, and call `headers` for each response. */
export interface Csp {
  /** The name of the policy's header. */
  readonly name: 'Content-Security-Policy' | 'Content-Security-Policy-Report-Only';
  /** False if the policy uses only hashes and hosts. Its pages may then be cached and shared. */
  readonly needsNonce: boolean;
  /**
   * The value of the header `name`.
   *
   * @param nonce at least 128 random bits in base64, new for each response; not needed if `needsNonce` is false
   * @throws Misuse `csp/invalid-nonce`
   */
  header(nonce?: string): string;
  /**
   * All headers of the policy: the policy itself, a report-only policy beside it, and `Reporting-Endpoints`.
   *
   * @returns pairs of name and value, frozen
   * @throws Misuse `csp/invalid-nonce`
   */
  headers(nonce?: string): readonly (readonly [name: string, value: string])[];
  /**
   * Returns a new policy with changes to this one, which stays the same. Create it at startup, not for each response.
   *
   * @throws Misuse like `csp`; unsafe script sources need `allowUnsafeScripts` in these options too
   */
  with(changes: CspOptions): Csp;
}

/**
 * Builds a Content-Security-Policy (CSP3) that is strict unless the options change it: a script runs only if it has the
 * response's nonce or was loaded by a script that has it. In a list, `'nonce'` stands for that nonce.
 *
 * @throws Misuse `csp/invalid-directive` for an invalid directive or source, `csp/unsafe-scripts` for anything that would let
 * injected scripts run, `bulwark/invalid-option` for an unknown option
 *
 * @example
 * ```ts
 * import { csp } from 'bulwark/csp';
 *
 * const policy = csp({ extend: { 'img-src': ['https://images.example.com'] } });
 * policy.header('dGhpcyBpcyAxMjggYml0cyE='); // "default-src 'self'; script-src 'nonce-dGhp...' 'strict-dynamic'; ..."
 * policy.headers('dGhpcyBpcyAxMjggYml0cyE=').map(([name]) => name);
 * // ['Content-Security-Policy', 'Content-Security-Policy-Report-Only']; the second is for Trusted Types
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
  // Headers without a nonce are built once, not for each response.
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
