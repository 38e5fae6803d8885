import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import { at, entriesOf, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import { both, type Certainty, type CiStep, either, type Trigger, type Unread } from './ci-model.ts';
import { underCondition } from './condition.ts';
import { withMatrix } from './matrix.ts';

export interface GithubWorkflow {
  readonly path: string;
  readonly tree: Tree;
  readonly trigger: Trigger;
}

export interface GithubCi {
  readonly workflows: readonly GithubWorkflow[];
  readonly configs: readonly Evidence[];
  readonly steps: readonly CiStep[];
  readonly unread: readonly Unread[];
}

const workflowPath = /^\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;
const maxSteps = 5000;
const maxDepth = 5;
/** Jobs and steps that are looked at: workflows and actions can call each other again and again. */
const maxVisited = 20_000;

/** The workflows of GitHub Actions, with the reusable workflows and composite actions of the project itself. */
export function readGithub(subject: Subject): GithubCi {
  const unread: Unread[] = [];
  const workflows: GithubWorkflow[] = [];
  for (const path of subject.paths.filter((one) => workflowPath.test(one)).slice(0, 300)) {
    const tree = documentOf(path, subject, unread);
    if (tree !== undefined) workflows.push({ path, tree, trigger: triggerOf(at(tree, 'on')) });
  }
  const reader = new Reader(subject, workflows, unread);
  for (const workflow of workflows) reader.workflow(workflow, workflow.trigger, 'no', 0);
  const configs = workflows.map(({ path, tree }) => ({
    text: `on: ${eventsOf(at(tree, 'on')).join(', ') || 'nothing'}`,
    path,
    line: lineOf(tree, 'on'),
  }));
  return { workflows, configs, steps: reader.steps, unread };
}

function documentOf(path: string, subject: Subject, unread: Unread[]): Tree | undefined {
  const text = subject.read(path);
  const file = text === undefined ? undefined : readYaml(text);
  if (file?.problem !== undefined || file === undefined) {
    unread.push({ what: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 });
    return undefined;
  }
  return file.documents[0];
}

/** `on: push`, `on: [push]` and `on: { push: ... }` */
export function eventsOf(on: Tree | undefined): readonly string[] {
  if (on?.kind === 'map') return on.entries.map(({ key }) => key);
  return itemsOf(on).flatMap((item) => textOf(item) ?? []);
}

function triggerOf(on: Tree | undefined): Trigger {
  const events = eventsOf(on);
  const change = ['pull_request', 'pull_request_target', 'merge_group'].some((one) => events.includes(one));
  const push = at(on, 'push');
  // Only `tags`: a release, which is no change that is looked at.
  const onlyTags =
    push?.kind === 'map' &&
    at(push, 'tags') !== undefined &&
    at(push, 'branches') === undefined &&
    at(push, 'branches-ignore') === undefined;
  return {
    change: change || (events.includes('push') && !onlyTags) ? 'yes' : 'no',
    schedule: events.includes('schedule') ? 'yes' : 'no',
  };
}

class Reader {
  #visited = 0;
  readonly steps: CiStep[] = [];
  readonly #subject: Subject;
  readonly #workflows: readonly GithubWorkflow[];
  readonly #unread: Unread[];

  constructor(subject: Subject, workflows: readonly GithubWorkflow[], unread: Unread[]) {
    this.#subject = subject;
    this.#workflows = workflows;
    this.#unread = unread;
  }

  workflow({ path, tree }: GithubWorkflow, trigger: Trigger, ignored: Certainty, depth: number): void {
    if (trigger.change === 'no' && trigger.schedule === 'no') return;
    for (const { key, value, line } of entriesOf(at(tree, 'jobs'))) {
      if (this.#isTooMuch(path)) return;
      const runs = underCondition(textOf(at(value, 'if')), trigger);
      const lost = either(ignored, ignoredBy(at(value, 'continue-on-error')));
      const uses = textOf(at(value, 'uses'));
      if (uses !== undefined) this.#called(uses, { path, line: lineOf(value, 'uses') }, runs, lost, depth);
      const image = textOf(at(value, 'container', 'image')) ?? textOf(at(value, 'container'));
      const shell =
        textOf(at(value, 'defaults', 'run', 'shell')) ?? textOf(at(tree, 'defaults', 'run', 'shell'));
      const folder =
        textOf(at(value, 'defaults', 'run', 'working-directory')) ??
        textOf(at(tree, 'defaults', 'run', 'working-directory'));
      const job = { path, line, job: key, trigger: runs, ignored: lost, inputs: {} };
      if (image !== undefined)
        this.#add({ ...job, line: lineOf(value, 'container'), uses: `docker://${image}` });
      const matrix = at(value, 'strategy', 'matrix');
      for (const step of itemsOf(at(value, 'steps'))) this.#step(step, job, { shell, folder, matrix }, depth);
    }
  }

  #called(
    uses: string,
    from: { path: string; line: number },
    trigger: Trigger,
    ignored: Certainty,
    depth: number,
  ): void {
    const local = /^\.\/(.+)$/.exec(uses)?.[1];
    const workflow = this.#workflows.find(({ path }) => path === local);
    if (workflow !== undefined && depth < maxDepth) this.workflow(workflow, trigger, ignored, depth + 1);
    else if (trigger.change !== 'no' || trigger.schedule !== 'no') {
      this.#unread.push({ what: `The reusable workflow ${uses} is not in this project`, ...from });
      this.#add({ ...from, job: uses, trigger, ignored, uses, inputs: {} });
    }
  }

  #step(
    step: Tree,
    job: Omit<CiStep, 'uses' | 'run'>,
    defaults: {
      readonly shell: string | undefined;
      readonly folder: string | undefined;
      readonly matrix: Tree | undefined;
    },
    depth: number,
  ): void {
    if (this.#isTooMuch(job.path)) return;
    const trigger = underCondition(textOf(at(step, 'if')), job.trigger);
    if (trigger.change === 'no' && trigger.schedule === 'no') return;
    const ignored = either(job.ignored, ignoredBy(at(step, 'continue-on-error')));
    const base = { path: job.path, job: job.job, trigger, ignored };
    const run = textOf(at(step, 'run'));
    const uses = textOf(at(step, 'uses'));
    if (run !== undefined) {
      const shell = textOf(at(step, 'shell')) ?? defaults.shell;
      const written = textOf(at(step, 'working-directory')) ?? defaults.folder ?? '';
      const filled = withMatrix([run, written], defaults.matrix);
      const isChosen = filled.length > 1 && /\bmatrix\./.test(textOf(at(step, 'if')) ?? '');
      for (const [commands = run, folder = written] of filled) {
        const clean = folder.replace(/^\.\/?/, '').replace(/\/+$/, '');
        const place = clean.includes('${{') ? {} : { folder: clean };
        // GitHub adds `-o pipefail` only if the shell is named.
        const text = shell === 'bash' ? `set -o pipefail\n${commands}` : commands;
        const when = isChosen ? atMost('maybe', trigger) : trigger;
        this.#add({ ...base, trigger: when, line: lineOf(step, 'run'), run: text, inputs: {}, ...place });
      }
    } else if (uses?.startsWith('./') === true) {
      this.#local(uses, { ...base, line: lineOf(step, 'uses'), inputs: {} }, depth);
    } else if (uses !== undefined) {
      const inputs = Object.fromEntries(
        entriesOf(at(step, 'with')).map(({ key, value }) => [key, textOf(value) ?? '']),
      );
      this.#add({ ...base, line: lineOf(step, 'uses'), uses, inputs });
    }
  }

  /** A composite action of the project. */
  #local(uses: string, step: Omit<CiStep, 'uses' | 'run'>, depth: number): void {
    const folder = uses.replace(/^\.\//, '').replace(/\/+$/, '');
    const path = [`${folder}/action.yml`, `${folder}/action.yaml`].find((one) => hasPath(this.#subject, one));
    const from = { path: step.path, line: step.line };
    if (path === undefined || depth >= maxDepth) {
      this.#unread.push({ what: `The action ${uses} was not found in this project`, ...from });
      return;
    }
    const tree = documentOf(path, this.#subject, this.#unread);
    for (const inner of itemsOf(at(tree, 'runs', 'steps'))) {
      this.#step(
        inner,
        { ...step, path },
        { shell: undefined, folder: undefined, matrix: undefined },
        depth + 1,
      );
    }
  }

  #isTooMuch(path: string): boolean {
    if (++this.#visited === maxVisited)
      this.#unread.push({ what: 'Workflows call each other too often to be followed', path, line: 1 });
    return this.#visited >= maxVisited;
  }

  #add(step: CiStep): void {
    if (this.steps.length < maxSteps) this.steps.push(step);
  }
}

function atMost(most: Certainty, { change, schedule }: Trigger): Trigger {
  return { change: both(change, most), schedule: both(schedule, most) };
}

/** An expression may be anything. */
function ignoredBy(tree: Tree | undefined): Certainty {
  const text = textOf(tree);
  if (text === undefined || text === 'false') return 'no';
  return text === 'true' ? 'yes' : 'maybe';
}
