import { Misuse } from '../refusal/misuse.ts';
import type { CspOptions } from './csp-options.ts';
import {
  type CspChanges,
  checkDirectives,
  type Directives,
  extendDirectives,
  replaceDirectives,
} from './directives.ts';

/** Options, checked and put on top of those before them. */
export interface CspPlan {
  readonly directives: Directives;
  readonly allowUnsafeScripts: boolean;
  readonly reportOnly: boolean;
  /** Changes that are only reported, beside what is enforced. */
  readonly beside: CspChanges | undefined;
  readonly trustedTypes: 'report' | 'enforce' | false;
  readonly trustedTypesPolicies: readonly string[];
  readonly reportTo: string | undefined;
}

/**
 * Scripts run when they carry the response's nonce, or were loaded by one that does; no plug-ins, no `<base>`, no
 * framing by others (https://csp.withgoogle.com/docs/strict-csp.html). Workers are named, because under
 * 'strict-dynamic' a blob: of any text would be one.
 */
export const strictPlan: CspPlan = Object.freeze({
  directives: new Map<string, readonly string[]>([
    ['default-src', ["'self'"]],
    ['script-src', ["'nonce'", "'strict-dynamic'"]],
    ['style-src', ["'self'", "'nonce'"]],
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
  if (typeof options !== 'object' || options === null) {
    throw new Misuse('bulwark/invalid-option', 'The options of a policy are a record.');
  }
  // Only what the developer wrote: a polluted prototype must not open a policy.
  const own = <K extends keyof CspOptions>(name: K): CspOptions[K] | undefined =>
    Object.hasOwn(options, name) ? options[name] : undefined;
  const allow = own('allowUnsafeScripts') === true;
  const allowUnsafeScripts = allow || base.allowUnsafeScripts;
  const replaced = replaceDirectives(base.directives, own('directives'), allow);
  const directives = extendDirectives(replaced, own('extend'), allow);
  if (!allowUnsafeScripts) checkDirectives(directives);
  const reportOnly = own('reportOnly');
  return Object.freeze({
    directives,
    allowUnsafeScripts,
    reportOnly: typeof reportOnly === 'boolean' ? reportOnly : base.reportOnly,
    beside: reportOnly === undefined || typeof reportOnly === 'boolean' ? base.beside : { ...reportOnly },
    trustedTypes: modeOf(own('trustedTypes')) ?? base.trustedTypes,
    trustedTypesPolicies: policiesOf(own('trustedTypesPolicies')) ?? base.trustedTypesPolicies,
    reportTo: endpointOf(own('reportTo')) ?? base.reportTo,
  });
}

function modeOf(mode: unknown): CspPlan['trustedTypes'] | undefined {
  if (mode === undefined || mode === 'report' || mode === 'enforce' || mode === false) return mode;
  throw new Misuse('bulwark/invalid-option', "trustedTypes is 'report', 'enforce' or false.");
}

function policiesOf(names: unknown): readonly string[] | undefined {
  if (names === undefined) return undefined;
  // https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
  if (
    Array.isArray(names) &&
    names.every((name) => typeof name === 'string' && /^[\w#=/@.%-]+$/.test(name))
  ) {
    return Object.freeze([...names]);
  }
  throw new Misuse('bulwark/invalid-option', 'trustedTypesPolicies takes a list of names of policies.');
}

function endpointOf(url: unknown): string | undefined {
  // It stands in a directive and in a quoted string: neither may end there.
  if (url === undefined) return undefined;
  if (typeof url === 'string' && /^(?:\/(?![/\\])|https:\/\/)[\w.~:/?#[\]@!$&()*+=%-]*$/.test(url))
    return url;
  throw new Misuse(
    'bulwark/invalid-option',
    "reportTo takes a path such as '/csp-reports', or an https URL.",
  );
}
