import { DomMisuse } from './dom-error.ts';

/** What TypeScript's DOM library does not describe yet (https://www.w3.org/TR/trusted-types/). */
export interface PolicyRules {
  readonly createHTML?: (markup: string) => string;
  readonly createScript?: (text: string) => string;
  readonly createScriptURL?: (url: string) => string;
}

interface Factory {
  createPolicy(name: string, rules: PolicyRules): Required<PolicyRules>;
}

/** Creates a policy, or returns undefined if the browser has no Trusted Types. */
export function makePolicy(name: string, rules: PolicyRules): Required<PolicyRules> | undefined {
  const factory = (globalThis as { readonly trustedTypes?: Factory }).trustedTypes;
  try {
    return factory?.createPolicy(name, rules);
  } catch (cause) {
    throw new DomMisuse('dom/policy-refused', `The policy is ${name}.`, cause);
  }
}
