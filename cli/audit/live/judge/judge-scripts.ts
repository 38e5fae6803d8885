import { checkNonceLength } from 'csp_evaluator/dist/checks/security_checks.js';
import { CspEvaluator, DEFAULT_CHECKS } from 'csp_evaluator/dist/evaluator.js';
import { type Finding, Severity, Type } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import type { Policy } from '../../../doctor/page/policy.ts';
import { scriptWeakness } from '../../csp/script-weakness.ts';

/**
 * What lets injected scripts run in spite of a policy, to follow `The policy `; undefined if nothing does. What Google's evaluator calls
 * HIGH counts, except for plugins, which browsers no longer have.
 */
export function weaknessOf(policy: Policy): string | undefined {
  const own = scriptWeakness(policy);
  if (own !== undefined) return own;
  const attributes = (policy.get('script-src-attr') ?? []).map((source) => source.toLowerCase());
  if (attributes.includes("'unsafe-inline'")) return 'allows inline event handlers';
  const found = findingsOf(policy).find(isHigh);
  return found === undefined ? undefined : sentenceOf(found);
}

/** Mistakes in the policy's text, which browsers skip: they are shown, and decide nothing. */
export function mistakesOf(policy: Policy): readonly string[] {
  return findingsOf(policy)
    .filter(({ severity }) => severity === Severity.SYNTAX)
    .map(
      ({ directive, value }) => `csp_evaluator: a mistake at ${[directive, value].filter(Boolean).join(' ')}`,
    );
}

function findingsOf(policy: Policy): readonly Finding[] {
  const text = [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
  const checks = DEFAULT_CHECKS.filter((one) => one !== checkNonceLength);
  return new CspEvaluator(new CspParser(text.slice(0, 20_000)).csp).evaluate(undefined, checks);
}

function isHigh({ severity, type, directive }: Finding): boolean {
  if (severity !== Severity.HIGH || type === Type.OBJECT_ALLOWLIST_BYPASS) return false;
  return directive !== 'object-src';
}

function sentenceOf({ type, directive, value }: Finding): string {
  const source = value === undefined ? '' : ` ${value.slice(0, 100)}`;
  if (type === Type.SCRIPT_ALLOWLIST_BYPASS)
    return `allows scripts of${source}, which hosts scripts that run any code`;
  if (directive === 'base-uri' && type === Type.MISSING_DIRECTIVES)
    return 'has a nonce or `strict-dynamic` and no `base-uri`, so that an injected `<base>` moves scripts to another host';
  return `allows${source} in ${directive}`;
}
