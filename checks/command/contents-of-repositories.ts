import { appendFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hookIn, repo, run, withConfig, write } from './attacks-files.ts';
import { type Attack, type Box, file, within } from './attacks-kind.ts';

const changed = (box: Box) => write(box, `${repo}/a.txt`, 'changed\n');

/** A hook of the repository, and the command that runs it. */
function hook(name: string, more?: (box: Box) => void) {
  return within('git', `the hook ${name}, githooks(5)`, {
    cwd: repo,
    prepare: (box) => {
      hookIn(join(box.work, repo, '.git/hooks'), name, box);
      more?.(box);
    },
  });
}

const hooks: readonly Attack[] = [
  hook('pre-commit')`commit -q --allow-empty -m ${'x'}`,
  hook('commit-msg')`commit -q --allow-empty -m ${'x'}`,
  hook('prepare-commit-msg')`commit -q --allow-empty -m ${'x'}`,
  hook('post-commit')`commit -q --allow-empty -m ${'x'}`,
  hook('reference-transaction')`tag ${'v4'}`,
  hook('reference-transaction')`branch ${'new'}`,
  hook('post-checkout')`checkout -q ${'kept'}`,
  hook('post-checkout')`switch -q ${'kept'}`,
  hook('post-index-change', changed)`add -- ${'a.txt'}`,
  hook('post-merge')`merge -m ${'x'} ${'side'}`,
  hook('pre-merge-commit')`merge --no-ff -m ${'x'} ${'side'}`,
  hook('post-rewrite')`commit -q --amend --allow-empty -m ${'x'}`,
  hook('pre-push')`push ${'.'} ${'kept'}`,
  hook('pre-auto-gc')`fetch ${'.'}`,
  within('git', 'core.hooksPath', {
    cwd: repo,
    prepare: withConfig(
      (box) => `[core]\nhooksPath = ${box.work}/h`,
      (box) => hookIn(`${box.work}/h`, 'pre-commit', box),
    ),
  })`commit -q --allow-empty -m ${'x'}`,
];

const folders: readonly Attack[] = [
  within('git', 'a bare repository in a folder, safe.bareRepository', {
    cwd: repo,
    prepare: bareIn('inner'),
  })`-C ${file('repo/inner')} status`,
  within('git', 'the same, in the folder itself', {
    cwd: 'repo/inner',
    prepare: bareIn('inner'),
  })`diff --stat`,
  within('git', '.git is a file that points to another repository', {
    cwd: 'linked',
    prepare: (box) => write(box, 'linked/.git', `gitdir: ${box.privateRepository}\n`),
  })`show ${'HEAD:secret.txt'}`,
  within('git', 'the same with a link', { cwd: 'linked', prepare: linkTo })`show ${'HEAD:secret.txt'}`,
  within('git', 'commondir points to another repository', {
    cwd: repo,
    prepare: (box) => write(box, `${repo}/.git/commondir`, `${box.privateRepository}\n`),
  })`show ${'main:secret.txt'}`,
  within('git', 'a clone of a repository whose hooks run on upload', {
    prepare: withConfig((box) => `[uploadpack]\npackObjectsHook = ${run(box)}`),
  })`clone -q ${file('repo')} ${file('copy')}`,
  within('git', 'a repository that a link stands in, CVE-2022-39253', {
    prepare: objectLink,
  })`clone -q ${file('repo')} ${file('copy')}`,
];

function bareIn(name: string): (box: Box) => void {
  return (box) => {
    hookIn(box.work, 'run', box);
    const inner = join(box.work, repo, name);
    cpSync(join(box.work, repo, '.git'), inner, { recursive: true });
    appendFileSync(join(inner, 'config'), `\n[core]\nbare = false\nworktree = .\nfsmonitor = ${run(box)}\n`);
  };
}

function linkTo(box: Box): void {
  mkdirSync(join(box.work, 'linked'));
  symlinkSync(box.privateRepository, join(box.work, 'linked/.git'));
}

function objectLink(box: Box): void {
  symlinkSync(box.secret, join(box.work, repo, '.git/objects/aa-link'));
  mkdirSync(join(box.work, repo, '.git/objects/ab'), { recursive: true });
  symlinkSync(box.secret, join(box.work, repo, '.git/objects/ab/cdef'));
}

export const repositoryContents: readonly Attack[] = [...hooks, ...folders];
