import { type Violation, violationsOf } from '../../../doctor/page/violations.ts';
import { type PageText, partsOf, policiesOf } from './page-policies.ts';

/** What of a page's markup its own policies stop. Undefined for a page without a policy. */
export function markupViolations(answer: PageText, url: URL): readonly Violation[] | undefined {
  const { inHeader, inMeta } = policiesOf(answer);
  const policies = [...inHeader, ...inMeta];
  if (policies.length === 0) return undefined;
  return policies.flatMap((policy) => violationsOf(partsOf(answer), policy, url));
}
