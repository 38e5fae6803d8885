/**
 * Looks for what finds known vulnerabilities in packages by itself: a job of CI, Dependabot or Renovate, for each of npm and Python that
 * the project has manifests of.
 *
 * ## Why
 * Vulnerabilities are found in packages long after they were installed. If nobody looks for them, an attacker does.
 *
 * ## Passes
 * A job runs `npm audit`, `pnpm audit`, `yarn audit`, audit-ci, pip-audit, Safety, OSV-Scanner, Trivy, Grype, Snyk,
 * dependency-review-action or another such tool on changes or by the clock, and its failure fails the job or opens an alert; or
 * Dependabot or Renovate is set up for these packages.
 *
 * ## Fails
 * CI is there, and neither a job nor a bot does; or the result is ignored: `|| true`, `continue-on-error: true`, Trivy without
 * `--exit-code 1`.
 *
 * ## Unknown
 * There is no configuration of CI or of a bot, a part of it could not be read, or only some of the packages are looked at.
 *
 * ## How to fix
 * Add a job on pull requests and by the clock, with `npm audit --audit-level=high` or `pip-audit -r requirements.txt`, or a file for
 * Dependabot:
 * ```yaml
 * version: 2
 * updates:
 *   - package-ecosystem: npm
 *     directory: /
 *     schedule: { interval: weekly }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type Bot, botsOf } from '../../../files/bots.ts';
import { type CiView, readCi } from '../../../files/ci/read-ci.ts';
import { dependencyTools } from '../../../files/ci/scanner-tables.ts';
import { type ToolRun, toolRuns } from '../../../files/ci/tool-runs.ts';
import { unreadEvidence } from '../../../files/ci/unread-evidence.ts';
import { type Ecosystem, ecosystemsOf } from '../../../files/ecosystems.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Run `npm audit --audit-level=high` or `pip-audit` in a job of CI on pull requests and by the clock, or add `.github/dependabot.yml` with each ecosystem of the project.';
const shown: Readonly<Record<Ecosystem, string>> = { npm: 'npm packages', python: 'Python packages' };

export const check: Check = {
  id: 'process/dependency-scan',
  aspect: 'dependencies/ci',
  title: 'Known vulnerabilities in packages are looked for automatically.',
  why: 'A vulnerable package stays in use until somebody happens to notice.',
  severity: 'high',
  cwe: [1395],
  asvs: ['15.2.1'],
  run: (subject) => [look(subject, readCi(subject))],
};

function look(subject: Subject, ci: CiView): Outcome {
  const runs = toolRuns(ci, dependencyTools);
  const isOn = ({ trigger: { change, schedule } }: ToolRun): boolean =>
    change === 'yes' || schedule === 'yes';
  const good = runs.filter((run) => isOn(run) && run.ignored === 'no');
  const bots = botsOf(subject);
  const working = bots.filter(({ problem, covers }) => problem === undefined && covers.length > 0);
  const wanted = ecosystemsOf(subject);
  const covered = new Set([
    ...good.flatMap(({ tool }) => coveredBy(tool)),
    ...working.flatMap(({ covers }) => covers),
  ]);
  const evidence = [
    ...good.slice(0, 6).flatMap((run) => run.evidence),
    ...working.flatMap((bot) => bot.evidence),
  ];
  const names = [...new Set([...good.map(({ tool }) => tool), ...working.map(({ name }) => name)])].join(
    ', ',
  );
  const missing = [...wanted].filter(([ecosystem]) => !covered.has(ecosystem));
  if (evidence.length > 0 && missing.length === 0)
    return pass(`${names} looks for known vulnerabilities.`, evidence);
  if (evidence.length > 0 && missing.length < wanted.size) {
    const left = missing.map(([ecosystem]) => shown[ecosystem]).join(' and ');
    return unknown(
      `${names} looks for known vulnerabilities, and nothing was found that looks at the ${left}.`,
      fix,
      [...evidence, ...missing.map(([, path]) => ({ text: path, path }))],
    );
  }
  return withoutTool(ci, runs, bots);
}

function withoutTool(ci: CiView, runs: readonly ToolRun[], bots: readonly Bot[]): Outcome {
  const unsure = runs.filter(
    ({ trigger, ignored }) => (trigger.change !== 'no' || trigger.schedule !== 'no') && ignored !== 'yes',
  );
  if (unsure.length > 0) {
    return unknown(
      `Whether ${unsure[0]?.tool ?? 'a tool'} runs by itself, or fails the job, depends on what files do not show.`,
      fix,
      unsure.flatMap(({ evidence }) => evidence).slice(0, 20),
    );
  }
  const [doubtful] = bots.filter(({ problem }) => problem !== undefined);
  if (doubtful !== undefined)
    return unknown(`The file of ${doubtful.name} ${doubtful.problem}.`, fix, doubtful.evidence);
  if (ci.configs.length === 0)
    return unknown(
      'No configuration of CI or of a bot was found that can be read.',
      fix,
      unreadEvidence(ci.unread),
    );
  if (ci.unread.length > 0)
    return unknown(
      'No tool was found, and a part of what CI runs could not be read.',
      fix,
      unreadEvidence(ci.unread),
    );
  const [ignored] = runs.filter((run) => run.ignored === 'yes');
  if (ignored !== undefined) {
    return fail(
      `CI runs ${ignored.tool}, and ignores the result.`,
      runs.flatMap(({ evidence }) => evidence).slice(0, 20),
      'Remove what ignores the result: `|| true`, `continue-on-error`, `allow_failure`; give Trivy `--exit-code 1`.',
    );
  }
  return fail(
    'Neither a job of CI nor a bot looks for known vulnerabilities in packages.',
    ci.configs.slice(0, 20),
    fix,
  );
}

/** Tools that know of several ecosystems cover both. */
function coveredBy(tool: string): readonly Ecosystem[] {
  if (/^(npm|pnpm|yarn|bun) audit$|audit-ci|npm-audit|auditjs|retire/.test(tool)) return ['npm'];
  if (/^(pip-audit|uv audit|Safety|pipenv check)$/.test(tool)) return ['python'];
  return ['npm', 'python'];
}
