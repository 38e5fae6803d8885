import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { at, entriesOf, itemsOf, lineOf, readYaml, type Tree, type TreeMap, textOf } from '../yaml-tree.ts';
import { both, type Certainty, type CiStep, either, type Trigger, type Unread } from './ci-model.ts';

export interface GitlabCi {
  readonly configs: readonly Evidence[];
  readonly steps: readonly CiStep[];
  readonly unread: readonly Unread[];
}

/** Keys at the top that are no jobs. */
const reserved = new Set(
  'default include stages types variables workflow image services cache before_script after_script spec'.split(
    ' ',
  ),
);
const maxFiles = 30;

/** `.gitlab-ci.yml` and the files of the project that it includes. GitLab's own templates are steps with `uses: template:...`. */
export function readGitlab(subject: Subject): GitlabCi {
  const unread: Unread[] = [];
  const steps: CiStep[] = [];
  const files: { readonly path: string; readonly tree: Tree }[] = [];
  const wanted = subject.paths.filter((path) => /^\.gitlab-ci\.ya?ml$/.test(path));
  const known = new Set(wanted);
  for (let next = wanted.shift(); next !== undefined && files.length < maxFiles; next = wanted.shift()) {
    const path = next;
    const text = subject.read(path);
    const file = text === undefined ? undefined : readYaml(text);
    const tree = file?.documents.at(-1);
    if (file?.problem !== undefined || tree === undefined) {
      unread.push({ what: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 });
      continue;
    }
    files.push({ path, tree });
    for (const include of itemsOf(at(tree, 'include'))) {
      for (const local of included(include, path, steps, unread)) {
        const matched = subject.paths.filter((one) => matches(one, local));
        if (matched.length === 0)
          unread.push({ what: `${local}, which ${path} includes, was not found`, path, line: include.line });
        wanted.push(...matched.filter((one) => !known.has(one)));
        for (const one of matched) known.add(one);
      }
    }
  }
  const all = files.flatMap(({ path, tree }) => entriesOf(tree).map((entry) => ({ ...entry, path })));
  for (const job of all) {
    if (reserved.has(job.key) || job.key.startsWith('.') || job.value.kind !== 'map') continue;
    steps.push(...jobSteps(job, all, unread));
  }
  const configs = files.map(({ path }) => ({ text: path, path, line: 1 }));
  return { configs, steps, unread };
}

function matches(path: string, pattern: string): boolean {
  const clean = pattern.replace(/^\//, '');
  if (!clean.includes('*')) return path === clean;
  const [before = '', after = ''] = [
    clean.slice(0, clean.indexOf('*')),
    clean.slice(clean.lastIndexOf('*') + 1),
  ];
  return path.startsWith(before) && path.endsWith(after) && path.length >= before.length + after.length;
}

/** The files of the project that an `include` names. Templates of GitLab become steps; all else is unread. */
function included(include: Tree, path: string, steps: CiStep[], unread: Unread[]): readonly string[] {
  const { line } = include;
  const plain = textOf(include);
  const local =
    textOf(at(include, 'local')) ?? (plain !== undefined && !/^https?:/.test(plain) ? plain : undefined);
  if (local !== undefined) return [local];
  const template = textOf(at(include, 'template'));
  if (template !== undefined) {
    steps.push({
      path,
      line: lineOf(include, 'template'),
      job: template,
      trigger: { change: 'yes', schedule: 'yes' },
      ignored: 'no',
      uses: `template:${template}`,
      inputs: {},
    });
    return [];
  }
  const other =
    textOf(at(include, 'component')) ??
    textOf(at(include, 'remote')) ??
    textOf(at(include, 'project')) ??
    plain;
  unread.push({ what: `The include ${other ?? 'of another kind'} is not in this project`, path, line });
  return [];
}

interface Job {
  readonly key: string;
  readonly line: number;
  readonly value: Tree;
  readonly path: string;
}

function jobSteps(job: Job, all: readonly Job[], unread: Unread[]): readonly CiStep[] {
  const get = (key: string): Tree | undefined => inherited(job.value, key, all, new Set([job.key]));
  const trigger = triggerOf(get);
  if (trigger.change === 'no' && trigger.schedule === 'no') return [];
  const common =
    at(all.find(({ key }) => key === 'default')?.value, 'before_script') ??
    all.find(({ key }) => key === 'before_script')?.value;
  const ignored = allowed(get('allow_failure'));
  const base = { path: job.path, job: job.key, trigger, inputs: {}, folder: '' };
  const image = get('image');
  const name = textOf(image) ?? textOf(at(image, 'name'));
  const steps: CiStep[] =
    name === undefined ? [] : [{ ...base, line: job.line, ignored, uses: `docker://${name}` }];
  const script = get('script');
  const items = [get('before_script') ?? common, script].flatMap((list) => itemsOf(list).flatMap(itemsOf));
  for (const item of items) {
    if (item.kind === 'scalar' && item.tag !== undefined) {
      unread.push({
        what: `The job ${job.key} refers to a script by ${item.tag}`,
        path: job.path,
        line: item.line,
      });
    }
  }
  const texts = items.flatMap((item) => textOf(item) ?? []);
  // GitLab's runner sets both options, and runs all items in one shell.
  if (texts.length > 0) {
    steps.push({
      ...base,
      line: script?.line ?? job.line,
      ignored,
      run: `set -eo pipefail\n${texts.join('\n')}`,
    });
  }
  return steps;
}

/** A key of a job, or of what it extends. */
function inherited(value: Tree, key: string, all: readonly Job[], seen: Set<string>): Tree | undefined {
  const own = at(value, key);
  if (own !== undefined) return own;
  for (const parent of [...itemsOf(at(value, 'extends'))].reverse()) {
    const name = textOf(parent);
    const found = all.filter((job) => job.key === name && job.value.kind === 'map').at(-1)?.value as
      | TreeMap
      | undefined;
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    const theirs = found && inherited(found, key, all, seen);
    if (theirs !== undefined) return theirs;
  }
  return undefined;
}

function allowed(tree: Tree | undefined): Certainty {
  if (tree === undefined) return 'no';
  const text = textOf(tree);
  if (text === 'false') return 'no';
  // Only some exit codes are allowed.
  return text === 'true' ? 'yes' : 'maybe';
}

function triggerOf(get: (key: string) => Tree | undefined): Trigger {
  const when = textOf(get('when'));
  if (when === 'manual' || when === 'never') return { change: 'no', schedule: 'no' };
  const rules = get('rules');
  if (rules !== undefined) return byRules(itemsOf(rules));
  const only = namesOf(get('only'));
  const except = namesOf(get('except'));
  if (only === undefined) {
    const isNone = (name: string): Certainty => (except?.includes(name) ? 'no' : 'yes');
    return { change: both(isNone('branches'), isNone('pushes')), schedule: isNone('schedules') };
  }
  const others = only.filter(
    (name) => !['schedules', 'tags', 'web', 'triggers', 'api', 'pipelines', 'external'].includes(name),
  );
  return {
    change: others.length === 0 ? 'no' : 'yes',
    schedule: only.includes('schedules') ? 'yes' : others.length > 0 ? 'maybe' : 'no',
  };
}

/** The names of `only` and `except`, with those below `refs`; undefined if neither is there. */
function namesOf(tree: Tree | undefined): readonly string[] | undefined {
  if (tree === undefined) return undefined;
  const list = tree.kind === 'map' ? at(tree, 'refs') : tree;
  const names = itemsOf(list).flatMap((item) => textOf(item) ?? []);
  return tree.kind === 'map' && list === undefined ? ['branches'] : names;
}

/** Each rule that lets the job run counts; which of several holds is decided by GitLab. */
function byRules(rules: readonly Tree[]): Trigger {
  let change: Certainty = 'no';
  let schedule: Certainty = 'no';
  for (const rule of rules) {
    const when = textOf(at(rule, 'when'));
    if (when === 'never' || when === 'manual') continue;
    const condition = textOf(at(rule, 'if')) ?? '';
    const isTag = /\$CI_COMMIT_TAG\b/.test(condition) && !/==\s*null|!\s*\$CI_COMMIT_TAG/.test(condition);
    const isSchedule = /CI_PIPELINE_SOURCE\s*==\s*["'](schedule|web|api|trigger)/.test(condition);
    const isChange =
      condition === '' ||
      /merge_request_event|["']push["']|CI_COMMIT_BRANCH|CI_MERGE_REQUEST|CI_DEFAULT_BRANCH|CI_COMMIT_REF/.test(
        condition,
      );
    if (isTag) continue;
    if (isSchedule) schedule = 'yes';
    else change = either(change, isChange ? 'yes' : 'maybe');
    if (condition === '') schedule = 'yes';
  }
  return { change, schedule };
}
