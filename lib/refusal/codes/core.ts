export const coreCodes = {
  /**
   * Bundlers and nested `node_modules` can load a package twice. Copies of one registry version know each other's
   * values; copies of different versions do not, and a value of the one is refused by the other rather than trusted.
   *
   * ```text
   * node_modules/bulwark                       makes the value
   * node_modules/other/node_modules/bulwark    is handed it
   * ```
   */
  'bulwark/two-copies': {
    kind: 'misuse',
    message: 'Two incompatible copies of bulwark are loaded, and a value made by one was given to the other.',
    hint: 'Run `npm ls bulwark`, keep one version, and mark bulwark as external in your bundler.',
  },
  /**
   * Report mode is for finding out what a policy would break. It ends by itself, so that nobody forgets it: `until`
   * is a date at most 180 days ahead.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: ['api.example.com'], mode: 'report', until: '2027-01-31' });
   * ```
   */
  'bulwark/report-without-end': {
    kind: 'misuse',
    message: 'Report mode needs a date at which it ends, at most 180 days ahead.',
    hint: "Add `until: 'YYYY-MM-DD'`. After that day the policy is enforced.",
  },
  /**
   * An option has a value that the guard cannot keep its promise with, or there is no option of its name. Options are checked once, when the guard is
   * made, so that a mistake shows at start and not at a request.
   *
   * ```text
   * bulwark({ trustedProxies: -1 })
   * ```
   */
  'bulwark/invalid-option': {
    kind: 'misuse',
    message: 'An option has a value that this guard does not accept.',
    hint: 'The sentence after this one names the option and what it takes.',
  },
} as const;
