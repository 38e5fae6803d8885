import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolder, type Folder } from '../testing/folder.ts';
import { mergeBase, projectAt } from './git-tree.ts';
import type { PathRules } from './path-judge.ts';

const rules: PathRules = { include: [], exclude: [], tests: 'skip' };
let folder: Folder;

function git(...args: string[]): string {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...settings, ...args], {
    cwd: folder.path,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

beforeAll(() => {
  folder = createFolder({
    'a.js': 'first\n',
    'odd \u00fc\n name.py': 'x = 1',
    'sub/b.ts': 'b',
    'empty.js': '',
    'vendor/c.js': 'c',
    'lib/bs4/__init__.py': '1',
    'lib/certifi/__init__.py': '1',
    'lib/idna/__init__.py': '1',
    'lib/six.py': '1',
    'test/d.js': 'd',
    'package.json': '{}',
    'deploy/.env': 'A=1\n',
  });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  git('checkout', '-qb', 'branch');
  folder.write({ 'a.js': 'second\n' });
  git('commit', '-qam', 'second');
  git('checkout', '-q', 'main');
  folder.write({ 'later.js': 'later' });
  git('add', '-A');
  git('commit', '-qm', 'third');
  git('checkout', '-q', 'branch');
});
afterAll(() => folder.remove());

describe('projectAt', () => {
  it('reads the commit that the branch left, not the work tree', () => {
    const project = projectAt(folder.path, mergeBase(folder.path, 'main') ?? '', [], rules);
    expect(project.files).toEqual([
      { path: 'a.js', language: 'javascript', text: 'first\n' },
      { path: 'empty.js', language: 'javascript', text: '' },
      { path: 'odd \u00fc\n name.py', language: 'python', text: 'x = 1' },
      { path: 'sub/b.ts', language: 'javascript', text: 'b' },
    ]);
    expect(project.settings).toEqual([
      { path: 'deploy/.env', text: 'A=1\n' },
      { path: 'package.json', text: '{}' },
    ]);
    expect(project.read('package.json')).toBe('{}');
    expect(project.read('none')).toBeUndefined();
    expect(readdirSync(folder.path)).not.toContain('later.js');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('takes what was asked for', () => {
    const files = (given: readonly string[]): string[] =>
      projectAt(folder.path, 'main', given, rules).files.map(({ path }) => path);
    expect(files(['sub'])).toEqual(['sub/b.ts']);
    expect(files(['vendor', 'test/d.js'])).toEqual(['test/d.js', 'vendor/c.js']);
  });

  it.each(['none', '--output=x', '', 'HEAD\n'])('refuses %j', (revision) => {
    expect(() => mergeBase(folder.path, revision)).toThrow(expect.objectContaining({ code: 'scan/git' }));
  });

  it.each(['HEAD', '@'])('takes nothing to be there before the first commit: %s', (revision) => {
    const fresh = createFolder({});
    const inFresh = (...args: string[]): unknown =>
      execFileSync('git', args, { cwd: fresh.path, stdio: 'pipe' });
    inFresh('init', '-q', '-b', 'main');
    expect(mergeBase(fresh.path, revision)).toBeUndefined();
    expect(() => mergeBase(fresh.path, 'HAED')).toThrow(expect.objectContaining({ code: 'scan/git' }));
    expect(() => mergeBase(fresh.path, 'HEAD~1')).toThrow(expect.objectContaining({ code: 'scan/git' }));
    fresh.remove();
    expect(mergeBase(folder.path, revision)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('does not take a folder without a repository for a first commit', () => {
    const plain = createFolder({});
    expect(() => mergeBase(plain.path, 'HEAD')).toThrow(expect.objectContaining({ code: 'scan/git' }));
    plain.remove();
  });
});
