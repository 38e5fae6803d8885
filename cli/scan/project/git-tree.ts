import { compareText } from '../../finding/finding-order.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { type Git, gitIn } from './git.ts';
import { packageFolders } from './holds-packages.ts';
import { type PathJudge, type PathRules, pathJudge } from './path-judge.ts';
import { languageIdOf } from './path-kind.ts';
import type { Project, SourceFile, TextFile } from './project.ts';
import { mostBytes, mostText, readOnce } from './read-inside.ts';
import { mostSettingsBytes, mostSettingsFiles, mostSettingsText } from './settings-bounds.ts';
import { settingsFormat } from './settings-format.ts';
import { textKind } from './text-kind.ts';

/**
 * Returns the commit at which the current branch left `revision`. Undefined if `revision` is `HEAD` and the repository has
 * no commit yet.
 * @throws {ScanMistake} for an invalid revision, and if there is no common commit
 */
export function mergeBase(root: string, revision: string): string | undefined {
  if (revision.startsWith('-') || revision === '') {
    throw new ScanMistake(
      'scan/git',
      `--diff ${JSON.stringify(revision)} is not a revision.`,
      'Git would read a leading dash as an option.',
      'Name a branch, a tag or a commit: --diff origin/main.',
    );
  }
  const git = gitIn(root);
  if (/^(HEAD|@)$/.test(revision) && hasNoCommit(git)) return undefined;
  const commit = text(git.run(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]));
  return text(git.run(['merge-base', commit, 'HEAD']));
}

/** Whether HEAD is a branch without a commit. A missing or broken HEAD is reported later. */
function hasNoCommit(git: Git): boolean {
  try {
    const branch = text(git.run(['symbolic-ref', '--quiet', 'HEAD']));
    return !text(git.run(['for-each-ref', '--format=%(refname)', branch]))
      .split('\n')
      .includes(branch);
  } catch {
    return false;
  }
}

/**
 * The files of a commit as `discover` would find them, read from git's objects instead of the work tree. `.gitignore` files do
 * not apply to files that git tracks.
 *
 * @param given the given paths, relative to the root; empty for everything
 */
export function projectAt(root: string, commit: string, given: readonly string[], rules: PathRules): Project {
  const git = gitIn(root);
  const entries = treeEntries(git, commit);
  const judge = withoutPackages(pathJudge(rules), packageFolders(entries.map(({ path }) => path)));
  let left = mostText;
  let settingsLeft = mostSettingsText;
  let settingsCount = 0;
  const kept = entries.filter(({ path, size }) => {
    const format = languageIdOf(path) === undefined ? settingsFormat(path) : undefined;
    if (format !== undefined) {
      const isLarge = size > mostSettingsBytes(format) || settingsLeft <= 0;
      if (isLarge || settingsCount >= mostSettingsFiles || !isWanted(path, given, judge)) return false;
      settingsCount++;
      settingsLeft -= size;
      return true;
    }
    if (size > mostBytes || size > left || !isWanted(path, given, judge)) return false;
    left -= size;
    return true;
  });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const read = (path: string): string | undefined => {
    const entry = byPath.get(path);
    return entry && entry.size <= mostBytes ? readObjects(git, [entry])[0] : undefined;
  };
  const readManifest = readOnce(read);
  const texts = readObjects(git, kept);
  const files = kept.flatMap(({ path }, index): SourceFile[] => {
    const language = languageIdOf(path);
    const content = texts[index];
    if (!language || content === undefined) return [];
    const file = { path, language, text: content };
    const kind = textKind(file, readManifest);
    return kind === undefined || (given.includes(path) && kind !== 'binary') ? [file] : [];
  });
  const settings = kept.flatMap(({ path }, index): TextFile[] => {
    const content = texts[index];
    const isSettings = languageIdOf(path) === undefined && settingsFormat(path) !== undefined;
    return isSettings && content !== undefined && !content.slice(0, 8192).includes('\u0000')
      ? [{ path, text: content }]
      : [];
  });
  return {
    files: files.sort((a, b) => compareText(a.path, b.path)),
    settings: settings.sort((a, b) => compareText(a.path, b.path)),
    notices: [],
    read,
  };
}

interface Entry {
  readonly path: string;
  readonly object: string;
  readonly size: number;
}

/** Regular files only: a link is a blob of mode 120000, a submodule a commit. */
function treeEntries(git: Git, commit: string): Entry[] {
  const lines = git.run(['ls-tree', '-r', '-z', '-l', '--full-tree', commit]).toString('utf8').split('\0');
  return lines.flatMap((line) => {
    const parts = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
    return parts ? [{ object: parts[1] ?? '', size: Number(parts[2]), path: parts[3] ?? '' }] : [];
  });
}

function withoutPackages(judge: PathJudge, vendored: ReadonlySet<string>): PathJudge {
  return { ...judge, folder: (path) => judge.folder(path) ?? (vendored.has(path) ? 'vendored' : undefined) };
}

/** Judges the folders between the given path and the file, then the file. */
function isWanted(path: string, given: readonly string[], judge: PathJudge): boolean {
  if (given.includes(path)) return true;
  return (given.length === 0 ? [''] : given).some((start) => {
    if (start !== '' && !path.startsWith(`${start}/`)) return false;
    const parts = path.split('/');
    const skipped = start === '' ? 0 : start.split('/').length;
    for (let end = skipped + 1; end < parts.length; end++) {
      if (judge.folder(parts.slice(0, end).join('/')) !== undefined) return false;
    }
    return judge.file(path) === undefined;
  });
}

/** Parses `<object> blob <size>`, a line break, the content, a line break, for each object in the order of the request. */
function readObjects(git: Git, entries: readonly Entry[]): (string | undefined)[] {
  if (entries.length === 0) return [];
  const output = git.run(['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''));
  let at = 0;
  return entries.map(() => {
    const lineEnd = output.indexOf(10, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, lineEnd))?.[1];
    const start = lineEnd + 1;
    if (size === undefined) {
      at = start;
      return undefined;
    }
    at = start + Number(size) + 1;
    return output.toString('utf8', start, start + Number(size));
  });
}

function text(output: Buffer): string {
  return output.toString('utf8').trim();
}
