/**
 * Looks at all that CI takes from others by name: actions, reusable workflows, and includes of GitLab. Images of containers are not
 * judged here.
 *
 * ## Why
 * A tag or a branch can be moved. In 2025 the tags of `tj-actions/changed-files` were moved to code that printed the secrets of 23,000
 * repositories (CVE-2025-30066). A full commit can't be moved.
 *
 * ## Passes
 * Each is named by a commit of 40 digits, or an image by its digest; or CI was read and uses nothing of others.
 *
 * ## Fails
 * One is named by a tag or a branch: `actions/checkout@v4`.
 *
 * ## Unknown
 * There is no configuration of CI, or a file could not be parsed.
 *
 * ## How to fix
 * ```yaml
 * - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
 * ```
 * Dependabot and Renovate update the commit and the comment.
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { usedByName } from '../../../files/ci/used-by-name.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Name each by a full commit with the version in a comment: `uses: owner/action@<40 digits> # v1.2.3`.';

export const check: Check = {
  id: 'process/pinned-actions',
  aspect: 'dependencies/pinned',
  title: 'Third-party actions and workflows are pinned to a full commit SHA.',
  why: 'Whoever can move a tag of an action runs code with the secrets of the pipeline.',
  severity: 'medium',
  cwe: [829, 1357],
  asvs: [],
  run: (subject) => [look(subject)],
};

function look(subject: Subject): Outcome {
  const { uses, configs, unread } = usedByName(subject);
  const loose = uses.filter(({ isFixed }) => !isFixed);
  if (loose.length > 0) {
    const summary = `${loose.length} of the ${uses.length} third-party actions, workflows and includes are named by a tag or a branch.`;
    return fail(
      uses.length === 1 ? 'A third-party action or workflow is named by a tag or a branch.' : summary,
      loose.slice(0, 50).map(evidenceOf),
      fix,
    );
  }
  if (unread.length > 0) return unknown('A part of the configuration of CI could not be read.', fix, unread);
  if (configs.length === 0)
    return unknown(
      'No configuration of CI was found.',
      'Nothing needs to be done if the project has no CI; if it has, let its files be read.',
    );
  if (uses.length === 0)
    return pass('CI uses no third-party actions, workflows or includes.', configs.slice(0, 50));
  return pass(
    'All third-party actions, workflows and includes are pinned to a full commit SHA.',
    uses.slice(0, 100).map(evidenceOf),
  );
}

function evidenceOf({
  name,
  path,
  line,
}: {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}): Evidence {
  return { text: name, path, line };
}
