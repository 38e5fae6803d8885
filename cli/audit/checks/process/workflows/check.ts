/**
 * Looks at each workflow of GitHub Actions: what its token may do, whether it runs code of a pull request with secrets, and whether untrusted text
 * becomes part of a script.
 *
 * ## Why
 * Whoever runs code in the pipeline gets its token and its secrets, and with them the next release.
 *
 * ## Passes
 * Each workflow has `permissions` at the top or in each job, and none of what fails. GitLab hands the text of merge requests to scripts as
 * variables: its configuration passes if none is evaluated.
 *
 * ## Fails
 * A workflow leaves the permissions to the default of the repository, or has `write-all`; it checks out the head of a pull request under
 * `pull_request_target` or `workflow_run`; or a script has `${{ github.event.issue.title }}`, a branch name, a commit message or the like.
 *
 * ## Unknown
 * There is no configuration of CI, a file could not be parsed, GitLab includes one that is not in the project, or the CI is of a system
 * that is not read.
 *
 * ## How to fix
 * ```yaml
 * permissions:
 *   contents: read
 * steps:
 *   - env:
 *       TITLE: ${{ github.event.issue.title }}
 *     run: echo "$TITLE"
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { readCi } from '../../../files/ci/read-ci.ts';
import { workflowHoles } from '../../../files/ci/workflow-holes.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'process/workflows',
  aspect: 'static-analysis/workflow',
  title: 'Workflows limit their token, and run no untrusted code or text.',
  why: 'Code of an attacker in the pipeline has its token and its secrets.',
  severity: 'high',
  cwe: [94, 250],
  asvs: [],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const ci = readCi(subject);
  const holes = ci.workflows.flatMap(workflowHoles);
  const evaluated = ci.ran.filter(
    ({ step, text, program }) => step.path.startsWith('.gitlab-ci') && isEvaluated(text, program.script),
  );
  const failed = [
    ...holes.map(({ summary, evidence, fix }) => fail(summary, [evidence], fix)),
    ...evaluated.map(({ trail }) =>
      fail(
        'A script evaluates untrusted text.',
        trail,
        'Quote the variable, and pass it to no `eval` and no `sh -c`.',
      ),
    ),
  ];
  if (failed.length > 0) return failed.slice(0, 100);
  // The job that calls a workflow of GitHub limits its token; nothing limits what a file that GitLab includes does.
  const unread = ci.unread.filter(({ what }) =>
    /could not be read|is not valid YAML|is not read$|nested too deeply|larger than|^The include .* is not in this project$|, which .* includes, was not found$/.test(
      what,
    ),
  );
  if (unread.length > 0)
    return [
      unknown(
        'A part of the configuration of CI could not be read.',
        'Correct the file.',
        unread.map(({ what, path, line }) => ({ text: what, path, line })),
      ),
    ];
  if (ci.configs.length === 0)
    return [
      unknown(
        'No configuration of CI was found.',
        'Nothing needs to be done if the project has no CI; if it has, let its files be read.',
      ),
    ];
  return [
    pass(
      'No workflow has a wide token, runs code of pull requests with secrets, or puts untrusted text into a script.',
      ci.configs.slice(0, 100) as readonly Evidence[],
    ),
  ];
}

function isEvaluated(text: string, script: string | undefined): boolean {
  const given =
    /\$\{?CI_(COMMIT_(MESSAGE|TITLE|DESCRIPTION|REF_NAME|BRANCH|AUTHOR)|MERGE_REQUEST_(TITLE|DESCRIPTION|SOURCE_BRANCH_NAME))\b/;
  return given.test(script ?? '') || (/^eval /.test(text) && given.test(text));
}
