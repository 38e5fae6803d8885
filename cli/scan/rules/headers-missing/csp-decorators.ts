import { object } from '../../dataflow/domain/entries.ts';
import type { Call } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, given, isA, isConst, type Use } from '../kit/use.ts';
import { policyWeakness } from '../kit/web/policy-directives.ts';

/**
 * Reports decorators of Django views that weaken or remove the Content-Security-Policy: `csp_update`, `csp_replace`,
 * `csp`, `csp_exempt`, and Django's own `csp_override`. Decorators inside `method_decorator(...)` are reported too.
 */
export function weakDecorator(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.CspPolicy')) return ofPolicy(use, call);
  return isExempting(use, call)
    ? { message: 'The Content-Security-Policy is off for this view.', confidence: 'high' }
    : undefined;
}

/** Directives as keywords (`SCRIPT_SRC="'self'"`), or as one object (`{"script-src": [...]}`). */
function ofPolicy(use: Use, call: Call): UseReport | undefined {
  if (isReportOnly(use, call)) return undefined;
  const named = (call.names ?? []).flatMap((name) => {
    const it = name === null ? undefined : argument(use, call, -1, name);
    return it && name !== null ? [[name.toLowerCase().replaceAll('_', '-'), it] as const] : [];
  });
  const weakness =
    policyWeakness(given(use, call, 0, 'config')) ??
    policyWeakness(named.length > 0 ? object(named) : undefined);
  return weakness ? { message: `The Content-Security-Policy ${weakness}.`, confidence: 'high' } : undefined;
}

/** `@csp_exempt`, `@csp_exempt()`, `csp_exempt(view)`, `@method_decorator(csp_exempt, name="dispatch")`, `[csp_exempt, ...]` */
function isExempting(use: Use, call: Call): boolean {
  if (isA(use, call.callee, 'use.CspExempt')) return !isReportOnly(use, call);
  const [first] = call.args;
  if (first === undefined || !isA(use, call.callee, 'use.MethodDecorator')) return false;
  const inst = use.frame.inst(first);
  const decorators = inst.op === 'list' ? inst.items : [first];
  return decorators.some((one) => isA(use, one, 'use.CspExempt'));
}

/** A report-only policy protects nothing, so a change of it is harmless. */
function isReportOnly(use: Use, call: Call): boolean {
  return isConst(given(use, call, -1, 'REPORT_ONLY'), true);
}
