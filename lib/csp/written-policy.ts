import { Misuse } from '../refusal/misuse.ts';
import type { CspPlan } from './csp-plan.ts';
import { type Directives, replaceDirectives } from './directives.ts';

/** A policy as text, cut once at the nonce's places, so that a response costs one join. */
export interface WrittenPolicy {
  readonly needsNonce: boolean;
  text(nonce: string | undefined): string;
}

/** The policy that counts, and the one that is only reported beside it. */
export function writePolicies(plan: CspPlan): {
  readonly main: WrittenPolicy;
  readonly beside: WrittenPolicy | undefined;
} {
  const { directives, reportOnly, trustedTypes } = plan;
  const beside = plan.beside && replaceDirectives(directives, plan.beside);
  // Who writes this directive has decided already; the names of policies alone decide nothing.
  const decided = directives.has('require-trusted-types-for');
  const policies = plan.trustedTypesPolicies.length > 0 ? plan.trustedTypesPolicies : ["'none'"];
  const types = new Map<string, readonly string[]>([
    ['require-trusted-types-for', ["'script'"]],
    ['trusted-types', directives.get('trusted-types') ?? policies],
  ]);
  const inMain = !decided && (trustedTypes === 'enforce' || (trustedTypes === 'report' && reportOnly));
  const inBeside = !decided && trustedTypes === 'report' && !reportOnly;
  const main = withMissing(directives, inMain ? types : new Map());
  const second = withMissing((reportOnly ? undefined : beside) ?? new Map(), inBeside ? types : new Map());
  return {
    main: write(reportOnly ? heededInReports(main) : main, plan),
    beside: second.size === 0 ? undefined : write(heededInReports(second), plan, reportsOf(directives)),
  };
}

function withMissing(directives: Directives, more: Directives): Directives {
  return new Map([...directives, ...[...more].filter(([name]) => !directives.has(name))]);
}

function write(directives: Directives, { reportTo }: CspPlan, more: Directives = new Map()): WrittenPolicy {
  const all = new Map([...more, ...directives]);
  const reports = all.has('report-uri') || all.has('report-to');
  if (reportTo !== undefined && !reports) all.set('report-uri', [reportTo]).set('report-to', [endpointName]);
  const text = [...all].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
  const pieces = text.split("'nonce'");
  return {
    needsNonce: pieces.length > 1,
    text(nonce) {
      if (pieces.length === 1) return text;
      // 22 characters of base64 are the least that hold 128 bits.
      if (typeof nonce !== 'string' || !/^[\w+/-]{22,256}={0,2}$/.test(nonce))
        throw new Misuse('csp/invalid-nonce');
      // Not `join`: the text is copied once, when the response's head is written, and not here.
      let written = pieces[0] as string;
      for (let i = 1; i < pieces.length; i++) written += `'nonce-${nonce}'${pieces[i]}`;
      return written;
    },
  };
}

/** The name under which `Reporting-Endpoints` and `report-to` meet. */
export const endpointName = 'csp';

function reportsOf(directives: Directives): Directives {
  return new Map([...directives].filter(([name]) => name === 'report-uri' || name === 'report-to'));
}

/** These two do nothing in a policy that is only reported, but make browsers complain. */
function heededInReports(directives: Directives): Directives {
  return new Map(
    [...directives].filter(([name]) => name !== 'sandbox' && name !== 'upgrade-insecure-requests'),
  );
}
