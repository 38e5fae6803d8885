import { clean } from './clean.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { markupOf } from './markup-of.ts';
import { ownOptions, textsOf } from './own-options.ts';
import { allowedScriptUrl, parseScriptUrls } from './script-url.ts';
import { makePolicy, type PolicyRules } from './trusted-types-api.ts';

export interface PolicyOptions {
  /** The scripts that may be loaded: full URLs, or folders that end with a slash. They start with `https://`, `http://` or `/`. */
  readonly scriptUrls?: readonly string[];
}

export interface DefaultPolicyOptions extends PolicyOptions {
  /** What to do with a string that reaches a markup sink: `sanitize` it like `setHtml` (the default), or `refuse` it. */
  readonly mode?: 'sanitize' | 'refuse';
}

/**
 * A Trusted Types policy. In browsers with Trusted Types, its functions return a `TrustedHTML`, `TrustedScriptURL` and so on. They
 * are typed as strings, because TypeScript's DOM library expects strings at the sinks.
 */
export type DomPolicy = Required<PolicyRules>;

/**
 * Creates a Trusted Types policy. It sanitises markup like `setHtml`, allows only script URLs on the list, and refuses the text of
 * a script. In browsers without Trusted Types, the returned functions apply the same rules to plain strings.
 *
 * @throws DomMisuse `dom/policy-refused` if the CSP does not list the policy, `dom/invalid-option`
 *
 * @example
 * ```ts
 * import { createTrustedTypesPolicy } from 'bulwark/dom';
 *
 * const policy = createTrustedTypesPolicy('bulwark', { scriptUrls: ['/assets/'] });
 * document.body.innerHTML = policy.createHTML('<b onclick="x()">a</b>'); // '<b>a</b>'
 * ```
 */
export function createTrustedTypesPolicy(name = 'bulwark', options: PolicyOptions = {}): DomPolicy {
  const rules = rulesOf(ownOptions(options, ['scriptUrls']), false);
  return makePolicy(name, rules) ?? rules;
}

/**
 * Installs the default Trusted Types policy, which the browser applies whenever a string reaches a sink such as `innerHTML`,
 * `script.src` or `eval`. Use it with `require-trusted-types-for 'script'`, for code that you can't change.
 *
 * @returns false if the browser has no Trusted Types
 * @throws DomMisuse `dom/policy-refused`, `dom/invalid-option`
 */
export function installDefaultPolicy(options: DefaultPolicyOptions = {}): boolean {
  const own = ownOptions(options, ['scriptUrls', 'mode']);
  const { mode } = own;
  if (mode !== undefined && mode !== 'sanitize' && mode !== 'refuse')
    throw new DomMisuse('dom/invalid-option', "mode is 'sanitize' or 'refuse'.");
  return makePolicy('default', rulesOf(own, mode === 'refuse')) !== undefined;
}

function rulesOf(options: PolicyOptions, refuseMarkup: boolean): DomPolicy {
  const { scriptUrls = [] } = options;
  const urls = parseScriptUrls(textsOf('scriptUrls', scriptUrls), location.href);
  const refuse = (kind: 'text' | 'url' | 'markup', value: string): never => {
    throw new DomRefusal('dom/script-refused', { kind, value: value.slice(0, 1024) });
  };
  return {
    createHTML: (markup) => (refuseMarkup ? refuse('markup', markup) : markupOf(clean(markup))),
    createScriptURL: (url) => allowedScriptUrl(url, urls, location.href) ?? refuse('url', url),
    createScript: (text) => refuse('text', text),
  };
}
