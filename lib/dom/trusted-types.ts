import { clean } from './clean.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { markupOf } from './markup-of.ts';
import { ownOptions, textsOf } from './own-options.ts';
import { allowedScriptUrl, parseScriptUrls } from './script-url.ts';
import { makePolicy, type PolicyRules } from './trusted-types-api.ts';

export interface PolicyOptions {
  /** The scripts that may be loaded: whole URLs, or folders with a slash at their end; `https://...` or `/...`. */
  readonly scriptUrls?: readonly string[];
}

export interface DefaultPolicyOptions extends PolicyOptions {
  /** What becomes of a string at a sink for markup: `sanitize` (the default) as `setHtml` does, or `refuse` it. */
  readonly mode?: 'sanitize' | 'refuse';
}

/**
 * What a policy makes of strings. Where the browser has Trusted Types these are a `TrustedHTML`, `TrustedScriptURL` and
 * so on; they are typed as the strings that TypeScript's DOM library has at the sinks.
 */
export type DomPolicy = Required<PolicyRules>;

/**
 * A Trusted Types policy: markup is sanitised as `setHtml` does, the URL of a script has to be on the list, the text of a
 * script is refused. Where the browser has no Trusted Types, the same rules without its types.
 *
 * @throws DomMisuse `dom/policy-refused` where the CSP does not name it, `dom/invalid-option`
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
 * Installs the policy that the browser asks whenever a string reaches a sink: `innerHTML`, `script.src`, `eval`. To be
 * used with `require-trusted-types-for 'script'`, for code that you cannot change.
 *
 * @returns false where the browser has no Trusted Types
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
