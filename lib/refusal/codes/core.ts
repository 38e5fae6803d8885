export const coreCodes = {
  /**
   * Bundlers and nested `node_modules` can load a package twice. Copies with the same registry version recognise each other's
   * values. Copies with different versions don't: each refuses the other's values rather than trust them.
   *
   * ```text
   * node_modules/bulwark                       creates the value
   * node_modules/other/node_modules/bulwark    receives it
   * ```
   */
  'bulwark/two-copies': {
    kind: 'misuse',
    message: 'Two incompatible copies of bulwark are loaded, and a value made by one was given to the other.',
    hint: 'Run `npm ls bulwark`, keep one version, and mark bulwark as external in your bundler.',
  },
  /**
   * Report mode shows what a policy would break. It ends by itself, so that nobody forgets it: `until` is a date at most
   * 180 days ahead.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: ['api.example.com'], mode: 'report', until: '2027-01-31' });
   * ```
   */
  'bulwark/report-without-end': {
    kind: 'misuse',
    message: 'Report mode needs an end date, at most 180 days ahead.',
    hint: "Add `until: 'YYYY-MM-DD'`. After that day the policy is enforced.",
  },
  /**
   * There is no option of this name, or its value is one with which the guard could not keep its guarantee. Options are
   * checked once, when the guard is made, so that a mistake shows at start and not at a request. A misspelt option is never
   * ignored: it would be a rule that does not apply.
   *
   * ```text
   * bulwark({ trustedProxies: -1 })          Misuse
   * db.all(query, { timeout: 1000 })         Misuse: did you mean timeoutMs?
   * ```
   */
  'bulwark/invalid-option': {
    kind: 'misuse',
    message: 'An option is unknown, or has a value that is not accepted.',
    hint: 'The message names the option and what it takes.',
  },
} as const;
