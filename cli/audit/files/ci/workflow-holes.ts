import type { Evidence } from '../../check/outcome.ts';
import { at, entriesOf, itemsOf, lineOf, type Tree, textOf } from '../yaml-tree.ts';
import { eventsOf, type GithubWorkflow } from './github.ts';

export interface WorkflowHole {
  readonly summary: string;
  readonly evidence: Evidence;
  readonly fix: string;
}

/** What whoever opens an issue or a pull request, or pushes a commit, chooses freely. */
const untrusted: readonly RegExp[] = [
  /\bgithub\.head_ref\b/,
  /\bgithub\.event\.(issue|pull_request|discussion)\.(title|body)\b/,
  /\bgithub\.event\.pull_request\.head\.(ref|label|repo\.default_branch)\b/,
  /\bgithub\.event\.(comment|review|review_comment)\.body\b/,
  /\bgithub\.event\.(head_commit|commits\b.*|workflow_run\.head_commit)\.(message|author\.(email|name))\b/,
  /\bgithub\.event\.workflow_run\.(head_branch|display_title)\b/,
  /\bgithub\.event\.pages\b.*page_name\b/,
];
/** A head of a pull request, under whichever name. */
const head =
  /github\.(head_ref|event\.(pull_request\.(head\.(sha|ref|repo)|number|merge_commit_sha)|workflow_run\.(head_sha|head_branch|head_commit)|issue\.number))|refs\/pull\//;

/** What is wrong in a workflow, with its place. */
export function workflowHoles({ path, tree }: GithubWorkflow): readonly WorkflowHole[] {
  const jobs = entriesOf(at(tree, 'jobs'));
  return [
    ...permissionHoles(path, tree),
    ...jobs.flatMap(({ value }) =>
      itemsOf(at(value, 'steps')).flatMap((step) => stepHoles(step, path, tree)),
    ),
  ];
}

function permissionHoles(path: string, tree: Tree): readonly WorkflowHole[] {
  const fix = 'Add at the top of the workflow:\npermissions:\n  contents: read';
  const holes: WorkflowHole[] = [];
  const wide = (scope: Tree, where: string): void => {
    if (textOf(at(scope, 'permissions')) !== 'write-all') return;
    const evidence = { text: 'permissions: write-all', path, line: lineOf(scope, 'permissions') };
    holes.push({ summary: `The token of ${where} may write everything.`, evidence, fix });
  };
  wide(tree, 'a workflow');
  const isLimited = at(tree, 'permissions') !== undefined;
  for (const { key, line, value } of entriesOf(at(tree, 'jobs'))) {
    wide(value, `the job ${key}`);
    if (isLimited || at(value, 'permissions') !== undefined) continue;
    const summary = `The token of the job ${key} has the permissions that the repository gives by default, which may be to write everything.`;
    holes.push({ summary, evidence: { text: `${key}:`, path, line }, fix });
  }
  return holes;
}

/** An expression with such text, unless it is only compared. */
function untrustedIn(script: string): string | undefined {
  for (const [expression, inside = ''] of script.matchAll(/\$\{\{([^}]{1,1000})\}\}/g)) {
    if (/==|!=|^\s*(contains|startsWith|endsWith|hashFiles)\(/.test(inside)) continue;
    if (untrusted.some((pattern) => pattern.test(inside))) return expression;
  }
  return undefined;
}

function stepHoles(step: Tree, path: string, tree: Tree): readonly WorkflowHole[] {
  const holes: WorkflowHole[] = [];
  const script = ['run', 'script']
    .map((key) => at(step, key) ?? at(step, 'with', key))
    .find((one) => one !== undefined);
  const text = textOf(script) ?? '';
  const found = untrustedIn(text);
  if (found !== undefined) {
    const line = (script?.line ?? 1) + (text.includes('\n') ? 1 : 0);
    holes.push({
      summary: 'Untrusted text becomes part of a script.',
      evidence: { text: found, path, line },
      fix: `Pass it in a variable of the environment, which a script doesn't evaluate:\nenv:\n  VALUE: ${found}\nrun: echo "$VALUE"`,
    });
  }
  const uses = textOf(at(step, 'uses')) ?? '';
  const events = eventsOf(at(tree, 'on'));
  const trusted = ['pull_request_target', 'workflow_run', 'issue_comment'].filter((event) =>
    events.includes(event),
  );
  const ref = ['ref', 'repository'].map((key) => textOf(at(step, 'with', key)) ?? '').join(' ');
  const isCheckedOut =
    (/^actions\/checkout@/.test(uses) && head.test(ref)) ||
    /\bgh pr checkout\b|git (fetch|checkout)\b.*(pull\/|head_ref|head\.sha|head\.ref)/.test(text);
  if (trusted.length > 0 && isCheckedOut) {
    holes.push({
      summary: `Code of a pull request is checked out under ${trusted[0]}, with the secrets of the repository.`,
      evidence: {
        text: uses === '' ? text.slice(0, 100) : `${uses} with ref ${ref.trim()}`,
        path,
        line: lineOf(step, uses === '' ? 'run' : 'with'),
      },
      fix: 'Run what needs the code under `pull_request`, and only what needs secrets under `workflow_run`, without the code.',
    });
  }
  return holes;
}
