import { unknown } from '../check/outcome.ts';
import type { Stack } from '../subject/stacks.ts';
import { type CheckResult, isOfSite, judgeLines } from './judge-lines.ts';
import type { AspectId } from './lines.ts';
import { groupOfFramework, stackCheck } from './unjudged-stacks.ts';

/**
 * What is unknown although the running site passes it: a project has several applications, the site is one of them, and the files of the
 * others show less.
 */
export function unseenApplications(
  results: readonly CheckResult[],
  stacks: readonly Stack[],
): readonly CheckResult[] {
  const applications = new Map(
    stacks.map((stack) => [`${stack.folder} ${groupOfFramework(stack.framework)}`, stack]),
  );
  if (applications.size < 2 || !results.some(isOfSite)) return [];
  const byFiles = passed(results.filter((one) => !isOfSite(one)));
  const evidence = [...applications.values()].map(({ framework, path }) => ({ text: framework, path }));
  return passed(results)
    .filter((id) => !byFiles.includes(id))
    .map((id) => {
      const outcome = unknown(
        'The project has several applications, and the running site is not known to be all of them.',
        'Audit the folder of each application by itself, with the URL of its site.',
        evidence,
      );
      return { check: stackCheck(id), outcomes: [{ ...outcome, isFinal: true }] };
    });
}

function passed(results: readonly CheckResult[]): readonly AspectId[] {
  return judgeLines(results, []).flatMap(({ aspects }) =>
    aspects.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])),
  );
}
