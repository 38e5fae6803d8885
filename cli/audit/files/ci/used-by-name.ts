import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { at, entriesOf, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';

export interface UsedByName {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** It is named by a commit or a digest. */
  readonly isFixed: boolean;
}

export interface AllUsed {
  readonly uses: readonly UsedByName[];
  /** The files that were read. */
  readonly configs: readonly Evidence[];
  /** Those that could not be. */
  readonly unread: readonly Evidence[];
}

const configPath =
  /^\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$|^\.circleci\/config\.ya?ml$|^\.travis\.ya?ml$/;
const actionPath = /(^|\/)action\.ya?ml$/;
const maxFiles = 500;

/** All that CI takes from others by name, also in jobs that never run. */
export function usedByName(subject: Subject): AllUsed {
  const uses: UsedByName[] = [];
  const configs: Evidence[] = [];
  const unread: Evidence[] = [];
  for (const path of subject.paths
    .filter((one) => configPath.test(one) || actionPath.test(one))
    .slice(0, maxFiles)) {
    const text = subject.read(path);
    const file = text === undefined ? undefined : readYaml(text);
    if (file === undefined || file.problem !== undefined) {
      unread.push({ text: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 });
      continue;
    }
    if (!actionPath.test(path)) configs.push({ text: path, path, line: 1 });
    const [tree] = file.documents;
    const found = path.startsWith('.gitlab-ci')
      ? itemsOf(at(file.documents.at(-1), 'include')).flatMap(ofInclude)
      : path.startsWith('.circleci')
        ? entriesOf(at(tree, 'orbs')).flatMap(ofOrb)
        : ofActions(tree);
    uses.push(...found.map((one) => ({ ...one, path })));
  }
  return { uses, configs, unread };
}

type Found = Omit<UsedByName, 'path'>;

function ofActions(tree: Tree | undefined): readonly Found[] {
  const jobs = entriesOf(at(tree, 'jobs')).map(({ value }) => value);
  const steps = [at(tree, 'runs'), ...jobs].flatMap((job) => itemsOf(at(job, 'steps')));
  return [...jobs, ...steps].flatMap((one) => {
    const name = textOf(at(one, 'uses'));
    if (name === undefined || name.startsWith('./')) return [];
    const isFixed =
      /@[0-9a-f]{40}([0-9a-f]{24})?$/.test(name) || /^docker:\/\/.*@sha256:[0-9a-f]{64}$/.test(name);
    return { name, line: lineOf(one, 'uses'), isFixed };
  });
}

/** A full version of an orb can't be changed; `@5.1` and `@volatile` move. */
function ofOrb({ line, value }: { readonly line: number; readonly value: Tree }): readonly Found[] {
  const name = textOf(value);
  return name === undefined ? [] : [{ name, line, isFixed: /@\d+\.\d+\.\d+$/.test(name) }];
}

/** GitLab's own templates come with its version; local files are the project's. */
function ofInclude(include: Tree): readonly Found[] {
  const { line } = include;
  const component = textOf(at(include, 'component'));
  if (component !== undefined) return [{ name: component, line, isFixed: /@[0-9a-f]{40}$/.test(component) }];
  const remote =
    textOf(at(include, 'remote')) ?? (/^https?:/.test(textOf(include) ?? '') ? textOf(include) : undefined);
  if (remote !== undefined) {
    const isFixed = at(include, 'integrity') !== undefined || /\/[0-9a-f]{40}\//.test(remote);
    return [{ name: remote, line, isFixed }];
  }
  const project = textOf(at(include, 'project'));
  if (project === undefined) return [];
  const ref = textOf(at(include, 'ref')) ?? 'the default branch';
  return [{ name: `${project} at ${ref}`, line, isFixed: /^[0-9a-f]{40}$/.test(ref) }];
}
