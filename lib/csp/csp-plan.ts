import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { CspOptions } from './csp-options.ts';
import { valuesOf } from './directive-values.ts';
import {
  type CheckedChanges,
  checkChanges,
  checkDirectives,
  type Directives,
  extendDirectives,
  inlineStyles,
  replaceDirectives,
} from './directives.ts';

/** Options, checked and put on top of those before them. */
export interface CspPlan {
  readonly directives: Directives;
  readonly allowUnsafeScripts: boolean;
  readonly reportOnly: boolean;
  /** Changes that are only reported, beside what is enforced. */
  readonly beside: CheckedChanges | undefined;
  readonly trustedTypes: 'report' | 'enforce' | false;
  readonly trustedTypesPolicies: readonly string[];
  readonly reportTo: string | undefined;
}

/**
 * Scripts run when they carry the response's nonce, or were loaded by one that does; no plug-ins, no `<base>`, no
 * framing by others (https://csp.withgoogle.com/docs/strict-csp.html). Workers are named, because under
 * 'strict-dynamic' a blob: of any text would be one. Style attributes count: see docs/decisions/0010.
 */
export const strictPlan: CspPlan = Object.freeze({
  directives: new Map<string, readonly string[]>([
    ['default-src', ["'self'"]],
    ['script-src', ["'nonce'", "'strict-dynamic'"]],
    ['style-src', ["'self'", "'nonce'"]],
    ['style-src-attr', inlineStyles],
    ['img-src', ["'self'", 'data:']],
    ['worker-src', ["'self'"]],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'self'"]],
    ['frame-ancestors', ["'none'"]],
  ]),
  allowUnsafeScripts: false,
  reportOnly: false,
  beside: undefined,
  trustedTypes: 'report',
  trustedTypesPolicies: [],
  reportTo: undefined,
});

/** @throws Misuse `csp/invalid-directive`, `csp/unsafe-scripts`, `bulwark/invalid-option` */
export function changePlan(base: CspPlan, options: CspOptions): CspPlan {
  const own = knownOptions(options, names);
  const allow = own.allowUnsafeScripts === true;
  const allowUnsafeScripts = allow || base.allowUnsafeScripts;
  const replaced = replaceDirectives(base.directives, checkChanges('directives', own.directives, allow));
  const directives = extendDirectives(replaced, own.extend, allow);
  if (!allowUnsafeScripts) checkDirectives(directives);
  const { reportOnly } = own;
  const whole = reportOnly === undefined || typeof reportOnly === 'boolean';
  return Object.freeze({
    directives,
    allowUnsafeScripts,
    reportOnly: typeof reportOnly === 'boolean' ? reportOnly : base.reportOnly,
    // What is only reported may be unsafe: it stops less, and nothing runs by it.
    beside: whole ? base.beside : checkChanges('reportOnly', reportOnly, true),
    trustedTypes: modeOf(own.trustedTypes) ?? base.trustedTypes,
    trustedTypesPolicies: policiesOf(own.trustedTypesPolicies) ?? base.trustedTypesPolicies,
    reportTo: endpointOf(own.reportTo) ?? base.reportTo,
  });
}

const names = [
  ...(['directives', 'extend', 'allowUnsafeScripts', 'reportOnly', 'trustedTypes'] as const),
  ...(['trustedTypesPolicies', 'reportTo'] as const),
];

function modeOf(mode: unknown): CspPlan['trustedTypes'] | undefined {
  if (mode === undefined || mode === 'report' || mode === 'enforce' || mode === false) return mode;
  throw new Misuse('bulwark/invalid-option', "trustedTypes is 'report', 'enforce' or false.");
}

function policiesOf(given: unknown): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(given) ? [...given] : [undefined];
  // Names alone: what is allowed beyond them is written as a directive.
  const { form } = valuesOf('trusted-types');
  if (list.every((name) => typeof name === 'string' && /^[^'*]/.test(name) && form.test(name))) {
    return Object.freeze(list as readonly string[]);
  }
  throw new Misuse('bulwark/invalid-option', 'trustedTypesPolicies takes a list of names of policies.');
}

function endpointOf(url: unknown): string | undefined {
  // It stands in a directive and in a quoted string: neither may end there.
  if (url === undefined) return undefined;
  const fits = /^(?:\/(?![/\\])|https:\/\/(?=[\w[]))[\w.~:/?#[\]@!$&()*+=%-]*$/;
  if (typeof url === 'string' && fits.test(url)) return url;
  throw new Misuse(
    'bulwark/invalid-option',
    "reportTo takes a path such as '/csp-reports', or an https URL.",
  );
}
