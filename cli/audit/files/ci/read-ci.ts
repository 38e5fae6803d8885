import type { Subject } from '../../subject/subject.ts';
import type { Ci } from './ci-model.ts';
import { readCircleci } from './circleci.ts';
import { followCommands } from './follow-commands.ts';
import { type GithubWorkflow, readGithub } from './github.ts';
import { readGitlab } from './gitlab.ts';
import type { Followed } from './ran.ts';
import { readTravis } from './travis.ts';

export interface CiView extends Ci, Followed {
  readonly workflows: readonly GithubWorkflow[];
}

/** Systems whose files are not read. */
const others: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^Jenkinsfile[^/]*$/, 'Jenkins'],
  [/^\.?azure-pipelines[^/]*\.ya?ml$|^\.azure-pipelines\//, 'Azure Pipelines'],
  [/^bitbucket-pipelines\.ya?ml$/, 'Bitbucket Pipelines'],
  [/^\.drone\.ya?ml$/, 'Drone'],
  [/^\.woodpecker(\.ya?ml$|\/)/, 'Woodpecker'],
  [/^\.?appveyor\.ya?ml$/, 'AppVeyor'],
  [/^\.buildkite\//, 'Buildkite'],
  [/^\.?cirrus\.ya?ml$/, 'Cirrus CI'],
  [/^cloudbuild\.ya?ml$/, 'Google Cloud Build'],
  [/^buildspec\.ya?ml$/, 'AWS CodeBuild'],
  [/^\.semaphore\//, 'Semaphore'],
  [/^\.build\.ya?ml$|^\.builds\//, 'builds.sr.ht'],
  [/^\.zuul\.(ya?ml|d\/)/, 'Zuul'],
];

const known = new WeakMap<Subject, CiView>();

/** What the CI of the project runs. Read once for all checks. */
export function readCi(subject: Subject): CiView {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const github = readGithub(subject);
  const all: readonly Ci[] = [github, readGitlab(subject), readCircleci(subject), readTravis(subject)];
  const unread = others.flatMap(([pattern, name]) => {
    const path = subject.paths.find((one) => pattern.test(one));
    return path === undefined ? [] : [{ what: `The configuration of ${name} is not read`, path, line: 1 }];
  });
  const ci: Ci = {
    configs: all.flatMap(({ configs }) => configs),
    steps: all.flatMap(({ steps }) => steps),
    unread: [...all.flatMap((one) => one.unread), ...unread],
  };
  const view = { ...ci, ...followCommands(subject, ci), workflows: github.workflows };
  known.set(subject, view);
  return view;
}
