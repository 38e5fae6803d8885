import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type IgnoreRules, ignoreRules } from './ignore-rules.ts';
import { readText } from './read-inside.ts';

/** The `.gitignore` files on the way from the root to a folder; the deepest speaks first. */
export interface IgnoreStack {
  readonly base: string;
  readonly rules: IgnoreRules;
  readonly above: IgnoreStack | undefined;
}

/** Adds the file of a folder, if it has one. `folder` is relative to the root, and empty for it. */
export function enterFolder(
  root: string,
  folder: string,
  above: IgnoreStack | undefined,
): IgnoreStack | undefined {
  const read = readText(join(root, folder, '.gitignore'));
  return 'text' in read ? { base: folder, rules: ignoreRules(read.text), above } : above;
}

/** What `.git/info/exclude` says: patterns for one clone only. */
export function repositoryExcludes(root: string): IgnoreStack | undefined {
  const read = readText(join(gitFolder(root), 'info/exclude'));
  return 'text' in read ? { base: '', rules: ignoreRules(read.text), above: undefined } : undefined;
}

/** A path that ends with `/` is a folder's. The folders above it are not ignored, or nobody would ask. */
export function isIgnored(path: string, stack: IgnoreStack | undefined): boolean {
  for (let one = stack; one; one = one.above) {
    const inside = one.base === '' ? path : path.slice(one.base.length + 1);
    const said = one.rules.test(inside);
    if (said !== undefined) return said;
  }
  return false;
}

/** `.git` is a file in a work tree beside the first one, and names the folder. */
function gitFolder(root: string): string {
  const git = join(root, '.git');
  try {
    if (statSync(git).isDirectory()) return git;
    const folder = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? git;
    return folder.replace(/[/\\]worktrees[/\\][^/\\]+[/\\]?$/, '');
  } catch {
    return git;
  }
}
