/**
 * Looks at what CI runs: workflows of GitHub Actions and GitLab CI, and the scripts of package.json, Makefiles, tox, nox,
 * pre-commit and shell scripts that they call. A scanner for security has to run on pushes or pull requests, and its result has to count.
 *
 * ## Why
 * A scanner that runs on each change finds a hole before it is merged. One that somebody has to remember finds it later, or never.
 *
 * ## Passes
 * A job runs `bulwark scan`, CodeQL, Semgrep, Bandit, njsscan, Snyk Code, SonarQube, Bearer or another such scanner on pushes or pull
 * requests, and what it finds fails the job or becomes an alert. Ruff counts with the rules `S`, ESLint with a plugin for security, and
 * Flake8 with flake8-bandit.
 *
 * ## Fails
 * CI is there, and no job runs one; it runs only by hand or by the clock; or its result is ignored: `continue-on-error: true`,
 * `allow_failure: true`, `|| true`, `--exit-zero`, Semgrep without `--error`.
 *
 * ## Unknown
 * There is no configuration of CI that can be read, it calls a workflow or a script that is not in the project, or the scanner stands
 * behind a condition. The default setup of GitHub's code scanning leaves no file: use a workflow.
 *
 * ## How to fix
 * ```yaml
 * on: [push, pull_request]
 * permissions:
 *   contents: read
 * jobs:
 *   scan:
 *     runs-on: ubuntu-latest
 *     steps:
 *       - uses: actions/checkout@<full commit>
 *       - run: npm ci
 *       - run: npx --no-install bulwark scan .
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { readPreCommit } from '../../../files/ci/pre-commit.ts';
import { type CiView, readCi } from '../../../files/ci/read-ci.ts';
import { calls, staticTools } from '../../../files/ci/scanner-tables.ts';
import { securityLinter } from '../../../files/ci/security-linter.ts';
import { type ToolRun, toolRuns } from '../../../files/ci/tool-runs.ts';
import { unreadEvidence } from '../../../files/ci/unread-evidence.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Run a scanner in a job of CI on pushes and pull requests: `npx --no-install bulwark scan .`, without `|| true` or `continue-on-error`.';

export const check: Check = {
  id: 'process/static-analysis',
  aspect: 'static-analysis/ci',
  title: 'CI runs a security scanner on every change, and its result counts.',
  why: 'Without it holes are found by whoever looks for them first.',
  severity: 'medium',
  cwe: [],
  asvs: [],
  run: (subject) => [look(subject, readCi(subject))],
};

function look(subject: Subject, ci: CiView): Outcome {
  if (ci.configs.length === 0) {
    return unknown('No configuration of CI was found that can be read.', fix, unreadEvidence(ci.unread));
  }
  const runs = [...toolRuns(ci, staticTools), ...linters(subject, ci)];
  const good = runs.filter(({ trigger, ignored }) => trigger.change === 'yes' && ignored === 'no');
  const names = (of: readonly ToolRun[]): string => [...new Set(of.map(({ tool }) => tool))].join(', ');
  if (good.length > 0) return pass(`CI runs ${names(good)} on pushes or pull requests.`, evidenceOf(good));
  const unsure = runs.filter(({ trigger, ignored }) => trigger.change !== 'no' && ignored !== 'yes');
  if (unsure.length > 0) {
    return unknown(
      `Whether ${names(unsure)} runs on every change, or fails the job, depends on what files do not show.`,
      fix,
      evidenceOf(unsure),
    );
  }
  const template = ci.steps.filter(({ uses }) =>
    /^template:(Jobs|Security)\/SAST(\.latest)?\.gitlab-ci\.yml$/.test(uses ?? ''),
  );
  if (template.length > 0) {
    return unknown(
      "GitLab's template for SAST runs, but its jobs may fail without effect: whether a policy stops a change is not in the files.",
      'Add a job with a scanner that fails, such as `npx --no-install bulwark scan .`, without `allow_failure`.',
      template.map(({ uses = '', path, line }) => ({ text: uses, path, line })),
    );
  }
  if (ci.unread.length > 0) {
    return unknown(
      'No scanner was found, and a part of what CI runs could not be read.',
      fix,
      unreadEvidence(ci.unread),
    );
  }
  const scripts = ci.scripts.filter(({ path }) =>
    /\b(bandit|semgrep|codeql|njsscan|bulwark|sonar-scanner|snyk)\b/.test(subject.read(path) ?? ''),
  );
  if (scripts.length > 0) {
    return unknown(
      'A script that CI runs names a scanner, and is not followed.',
      fix,
      scripts.slice(0, 8).map(({ path }) => ({ text: path, path })),
    );
  }
  if (runs.length > 0) {
    const isIgnored = runs.some(({ ignored }) => ignored === 'yes');
    const summary = isIgnored
      ? `CI runs ${names(runs)}, and ignores the result.`
      : `CI runs ${names(runs)} only by hand or by the clock.`;
    return fail(
      summary,
      evidenceOf(runs),
      isIgnored
        ? 'Remove what ignores the result: `|| true`, `continue-on-error`, `allow_failure`, `--exit-zero`; add `--error` to Semgrep.'
        : 'Add `push` and `pull_request` to the events of the workflow.',
    );
  }
  const hooks = readPreCommit(subject);
  const local =
    hooks?.hooks.filter(({ id }) =>
      staticTools.some((tool) => calls(tool, { name: `hook:${id}`, args: [] })),
    ) ?? [];
  const hookEvidence = local.map(({ id, path, line }) => ({ text: `id: ${id}`, path, line }));
  if (local.length > 0 && hooks?.hasService === true) {
    return unknown(
      'The hooks of pre-commit run a scanner; whether the service pre-commit.ci runs them is not in the files.',
      fix,
      hookEvidence,
    );
  }
  const only = local.length > 0 ? ', only hooks of pre-commit on the machines of developers do' : '';
  return fail(
    `No job of CI runs a security scanner${only}.`,
    [...ci.configs.slice(0, 20), ...hookEvidence],
    fix,
  );
}

function linters(subject: Subject, ci: CiView): readonly ToolRun[] {
  return ci.ran.flatMap((ran) => {
    const found = securityLinter(ran, subject);
    if (found === undefined) return [];
    const ignored = found.neverFails ? 'yes' : ran.ignored;
    return { tool: found.tool, trigger: ran.trigger, ignored, evidence: [...ran.trail, ...found.evidence] };
  });
}

function evidenceOf(runs: readonly ToolRun[]): Outcome['evidence'] {
  return runs.slice(0, 8).flatMap(({ evidence }) => evidence);
}
