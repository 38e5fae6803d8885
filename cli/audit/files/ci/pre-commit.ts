import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import { at, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';

export interface PreCommitHook {
  readonly id: string;
  readonly repo: string;
  readonly args: readonly string[];
  /** Of a hook of the project itself. */
  readonly entry?: string;
  readonly extra: readonly string[];
  readonly path: string;
  readonly line: number;
}

export interface PreCommit {
  readonly path: string;
  readonly hooks: readonly PreCommitHook[];
  /** A section for the service pre-commit.ci, which runs the hooks on pull requests if it is installed. */
  readonly hasService: boolean;
  readonly problem?: string;
}

/** `.pre-commit-config.yaml`. Hooks that only run by hand (`stages: [manual]`) are left out. */
export function readPreCommit(subject: Subject): PreCommit | undefined {
  const path = ['.pre-commit-config.yaml', '.pre-commit-config.yml'].find((one) => hasPath(subject, one));
  if (path === undefined) return undefined;
  const text = subject.read(path);
  const file = text === undefined ? undefined : readYaml(text);
  const tree = file?.documents[0];
  if (tree === undefined)
    return { path, hooks: [], hasService: false, problem: file?.problem ?? 'could not be read' };
  const hooks = itemsOf(at(tree, 'repos')).flatMap((repo) => hooksOf(repo, path));
  return { path, hooks, hasService: at(tree, 'ci') !== undefined };
}

function hooksOf(repo: Tree, path: string): readonly PreCommitHook[] {
  const name = textOf(at(repo, 'repo')) ?? '';
  return itemsOf(at(repo, 'hooks')).flatMap((hook) => {
    const id = textOf(at(hook, 'id'));
    const stages = itemsOf(at(hook, 'stages')).map(textOf);
    if (id === undefined || (stages.length > 0 && stages.every((stage) => stage === 'manual'))) return [];
    const entry = textOf(at(hook, 'entry'));
    const texts = (key: string): string[] => itemsOf(at(hook, key)).flatMap((item) => textOf(item) ?? []);
    return {
      id,
      repo: name,
      args: texts('args'),
      extra: texts('additional_dependencies'),
      path,
      line: lineOf(hook, 'id'),
      ...(entry === undefined ? {} : { entry }),
    };
  });
}
