import { markupViolations } from '../../audit/live/judge/markup-violations.ts';
import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { isHtml } from '../url/ask-url.ts';
import type { Visit, Visits } from '../url/visit.ts';
import { mostMarkup } from './page-parts.ts';
import type { Violation } from './violations.ts';

const id = 'csp/violations';
const unchecked = 'not checked: resources that scripts and style sheets load, and elements that scripts add';

/** Diagnoses markup that a page's own policy blocks. No script is run. */
export function diagnoseCsp({ page, others }: Visits): Diagnosis {
  const pages = [page, ...others].filter(
    ({ answer }) => isHtml(answer) && (answer.status < 300 || answer.status >= 400),
  );
  const read = pages.map(check).filter((one) => one !== undefined);
  if (read.length === 0) {
    return unknown(id, 'No page with an enforced policy was read.', [], ['Name a page: --path /log-in']);
  }
  const found = read.flatMap(({ path, violations }) =>
    violations.map((violation) => ({ path, ...violation })),
  );
  const cut = pages.some(({ answer }) => answer.body.length > mostMarkup)
    ? [`not checked: anything after the first ${mostMarkup} characters of a page`]
    : [];
  if (found.length === 0) {
    const paths = read.map(({ path }) => path).join(', ');
    return ok(id, 'The policy allows everything in the markup of the pages.', [
      `read: ${paths}`,
      unchecked,
      ...cut,
    ]);
  }
  return wrong(id, 'A page contains markup that its own policy blocks.', {
    evidence: [...found.map(({ path, what, directive }) => `${path}: ${what}, by ${directive}`), unchecked],
    why: 'Part of the page does not work. Allowing too much in return would let injected scripts run.',
    fix: [...new Set(found.map(({ fix }) => fix))],
  });
}

function check({
  answer,
}: Visit): { readonly path: string; readonly violations: readonly Violation[] } | undefined {
  const violations = markupViolations(answer, answer.url);
  if (violations === undefined) return undefined;
  const once = new Map(
    violations.map((violation) => [`${violation.what} ${violation.directive}`, violation]),
  );
  return { path: answer.url.pathname, violations: [...once.values()] };
}
