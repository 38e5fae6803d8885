import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type IgnoreRules, ignoreRules } from './ignore-rules.ts';
import { readText } from './read-inside.ts';

/** The `.gitignore` files from the root to a folder. The deepest takes precedence. */
export interface IgnoreStack {
  readonly base: string;
  readonly rules: IgnoreRules;
  readonly above: IgnoreStack | undefined;
}

/**
 * Adds the `.gitignore` of a folder to the stack, if the folder has one. Returns the stack for that folder. `folder` is
 * relative to the root; empty for the root.
 */
export function enterFolder(
  root: string,
  folder: string,
  above: IgnoreStack | undefined,
): IgnoreStack | undefined {
  const read = readText(join(root, folder, '.gitignore'));
  return 'text' in read ? { base: folder, rules: ignoreRules(read.text), above } : above;
}

/** Returns the patterns in `.git/info/exclude`, which apply to this clone only. Undefined if the file can't be read. */
export function repositoryExcludes(root: string): IgnoreStack | undefined {
  const read = readText(join(gitFolder(root), 'info/exclude'));
  return 'text' in read ? { base: '', rules: ignoreRules(read.text), above: undefined } : undefined;
}

/**
 * Whether git ignores a path. The path of a folder ends with `/`. Call this only for paths whose parent folders are not
 * ignored.
 */
export function isIgnored(path: string, stack: IgnoreStack | undefined): boolean {
  for (let one = stack; one; one = one.above) {
    const inside = one.base === '' ? path : path.slice(one.base.length + 1);
    const said = one.rules.test(inside);
    if (said !== undefined) return said;
  }
  return false;
}

/** In an additional work tree, `.git` is a file with the path of the folder. */
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
