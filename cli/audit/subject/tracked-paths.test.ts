import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, repositoryFolders } from '../../scan/testing/folder.ts';
import { readGitIndex } from './git-index.ts';
import { openSubject } from './open-subject.ts';
import { trackedPaths } from './tracked-paths.ts';

const lay = repositoryFolders();
const today = '2026-12-01';

/** A repository of git itself. */
function repository(
  files: Readonly<Record<string, string>>,
  ...settings: string[]
): { path: string; git: (...args: string[]) => string } {
  const { path, remove, write } = lay({});
  remove();
  mkdirSync(path);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: path,
      encoding: 'utf8',
    });
  git('init', '-q', ...settings);
  write(files);
  return { path, git };
}

const files = {
  '.gitignore': '.env\nout/\n',
  '.env': 'A=1',
  'out/app.py': '',
  'out/other.py': '',
  'shop/settings.py': '',
  'shop/a very long name of a file that fills more than eight bytes.py': '',
  'g\u00fcn.py': '',
};

describe('trackedPaths', () => {
  it.each(['2', '3', '4'])('reads an index of version %s as git wrote it', (version) => {
    const { path, git } = repository(files);
    git('add', '.');
    git('add', '-f', '.env', 'out/app.py');
    // Version 3 is written where an entry needs it, and this one does.
    if (version === '3') git('rm', '-q', '--cached', 'shop/settings.py');
    if (version === '3') git('add', '-N', 'shop/settings.py');
    else git('update-index', '--index-version', version);
    expect(readFileSync(join(path, '.git/index')).readUInt32BE(4)).toBe(Number(version));
    expect(trackedPaths(path)).toEqual(git('ls-files', '-z').split('\0').filter(Boolean));
  });

  it('reads one of many files, and of a folder in the repository', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`a/${'x'.repeat(i % 40)}${i}.py`, '']),
    );
    const { path, git } = repository({ ...many, 'b/c.py': '' });
    git('add', '.');
    git('commit', '-q', '-m', 'a');
    expect(trackedPaths(path)).toHaveLength(501);
    expect(trackedPaths(join(path, 'b'))).toEqual(['c.py']);
  });

  it('leaves out links and submodules, and follows the `.git` file of a work tree', () => {
    const { path, git } = repository({ 'a.py': '' });
    execFileSync('ln', ['-s', 'a.py', join(path, 'b.py')]);
    git('add', '.');
    git('commit', '-q', '-m', 'a');
    git('worktree', 'add', '-q', 'tree');
    expect(trackedPaths(path)).toEqual(['a.py']);
    expect(trackedPaths(join(path, 'tree'))).toEqual(['a.py']);
  });

  it('is empty without a repository or an index, and unknown for an index that it cannot read', () => {
    const outside = createFolder({});
    expect(trackedPaths(outside.path)).toEqual([]);
    outside.remove();
    expect(trackedPaths(lay({}).path)).toEqual([]);
    expect(trackedPaths(lay({ '.git/index': 'DIRC' }).path)).toBeUndefined();
    const { path, git } = repository({ 'a.py': '' });
    git('add', '.');
    git('update-index', '--split-index');
    expect(trackedPaths(path)).toBeUndefined();
    const hashed = repository({ 'a.py': '', 'b.py': '' }, '--object-format=sha256');
    hashed.git('add', '.');
    expect(trackedPaths(hashed.path)).toBeUndefined();
  });

  it('ends for every cut of an index, and for bytes that were changed', () => {
    const { path, git } = repository(files);
    git('add', '.');
    const bytes = readFileSync(join(path, '.git/index'));
    for (let length = 0; length < bytes.length; length++)
      expect(readGitIndex(bytes.subarray(0, length))).toBeUndefined();
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = 0xff;
      readGitIndex(changed);
    }
    writeFileSync(
      join(path, '.git/index'),
      Buffer.concat([Buffer.from('DIRC\0\0\0\u0002'), Buffer.alloc(4, 0xff)]),
    );
    expect(trackedPaths(path)).toBeUndefined();
  });
});

describe('ownPaths', () => {
  it('has files that git ignores and has all the same, and says that they were not scanned', () => {
    const { path, git } = repository(files);
    git('add', '-f', '.env', 'out/app.py', 'shop');
    const { paths, gaps } = openSubject(path, { today });
    expect(paths).toContain('.env');
    expect(paths).toContain('out/app.py');
    expect(paths).not.toContain('out/other.py');
    expect(gaps).toEqual([
      'Files are under version control although git ignores them, and were not scanned: .env, out/app.py.',
    ]);
  });

  it('asks the `.gitignore` files above a folder of a repository', () => {
    const { path } = lay({
      '.gitignore': '/a/b/out/\n*.log\n',
      'a/.gitignore': 'tmp/\n',
      'a/b/x.py': '',
      'a/b/out/y.py': '',
      'a/b/tmp/z.py': '',
      'a/b/c.log': '',
    });
    expect(openSubject(join(path, 'a/b'), { today }).paths).toEqual(['x.py']);
    expect(openSubject(join(path, 'a/b/out'), { today }).paths).toEqual(['y.py']);
  });
});
