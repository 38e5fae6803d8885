import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Folder } from '../../../scan/testing/folder.ts';
import { check } from '../../checks/secrets/history/check.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { drawer } from '../testing/drawn.ts';
import { type Commit, createRepository, git } from '../testing/repository.ts';
import { shapedSecrets } from '../testing/shaped-secrets.ts';
import { searchHistory } from './search-history.ts';

const folders: Folder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});
const lay = (commits: readonly Commit[], options?: readonly string[]): string => {
  const folder = createRepository(commits, options);
  folders.push(folder);
  return folder.path;
};
const secret = shapedSecrets['github-token']?.(drawer(7)) ?? '';
const clean: readonly Commit[] = [
  { files: { 'a.js': 'run(1);\n', 'b/c/d.py': 'import os\n' } },
  { files: { 'a.js': 'run(2);\n' } },
];
const removed: readonly Commit[] = [
  { files: { 'a.js': 'run(1);\n' } },
  { files: { 'config/app.js': `\nrun("${secret}");\n` } },
  { files: { 'config/app.js': null } },
];

async function verdictOf(root: string): Promise<string[]> {
  const outcomes = await check.run(openSubject(root, { today: '2026-12-01' }));
  expect(JSON.stringify(outcomes)).not.toContain(secret);
  return outcomes.map(({ verdict }) => verdict);
}

describe('searchHistory', () => {
  it('passes a history without secrets, and counts it', async () => {
    const root = lay(clean);
    expect(await searchHistory(root)).toMatchObject({ secrets: [], commits: 2, versions: 3, gaps: [] });
    expect(await verdictOf(root)).toEqual(['pass']);
  });

  it.each(['sha1', 'sha256'])(
    'finds what was removed later, with commit, path and line (%s)',
    async (format) => {
      const root = lay(removed, [`--object-format=${format}`]);
      const commit = git(root, ['rev-parse', 'main~1']).trim();
      expect(await searchHistory(root)).toMatchObject({
        secrets: [{ kind: 'github-token', value: secret, commit, path: 'config/app.js', line: 2 }],
      });
      expect(await verdictOf(root)).toEqual(['fail']);
    },
  );

  it('searches other branches, tags and packed refs', async () => {
    const root = lay([...clean, { files: { 'x.js': `run("${secret}")` }, branch: 'other' }]);
    expect(await verdictOf(root)).toEqual(['fail']);
    git(root, ['tag', '-m', 'x', 'v1', 'other']);
    git(root, ['branch', '-D', 'other']);
    git(root, ['gc', '-q']);
    expect(await verdictOf(root)).toEqual(['fail']);
    git(root, ['tag', '-d', 'v1']);
    expect(await verdictOf(root)).toEqual(['pass']);
  });

  it('searches what is stashed', async () => {
    const root = lay(clean);
    git(root, ['checkout', '-q', '-f', 'main']);
    writeFileSync(join(root, 'a.js'), `run("${secret}")`);
    git(root, ['stash', '-q']);
    writeFileSync(join(root, 'a.js'), 'run(3)');
    git(root, ['stash', '-q']);
    expect(await verdictOf(root)).toEqual(['fail']);
  });

  it('reads the repository of a second work tree, and a bare one', async () => {
    const root = lay(removed);
    const other = `${root}-tree`;
    git(root, ['worktree', 'add', '-q', '--detach', other, 'main']);
    expect(await verdictOf(other)).toEqual(['fail']);
    git(root, ['worktree', 'remove', other]);
    expect(await verdictOf(join(root, '.git'))).toEqual(['fail']);
  });

  it('leaves a secret in a test open, and an archive', async () => {
    expect(await verdictOf(lay([{ files: { 'tests/a.test.js': `run("${secret}")` } }]))).toEqual(['unknown']);
    expect(await verdictOf(lay([{ files: { 'a.zip': 'PK' } }]))).toEqual(['unknown']);
  });

  it('passes no shallow clone, no partial one, none with objects elsewhere or missing', async () => {
    const root = lay(clean);
    const copy = `${root}-copy`;
    git(root, ['clone', '-q', '--depth', '1', `file://${root}`, copy]);
    expect(await verdictOf(copy)).toEqual(['unknown']);
    rmSync(copy, { recursive: true });
    git(root, ['clone', '-q', '--shared', root, copy]);
    expect(await verdictOf(copy)).toEqual(['unknown']);
    rmSync(copy, { recursive: true });
    writeFileSync(
      join(root, '.git/config'),
      `${readFileSync(join(root, '.git/config'), 'utf8')}[remote "x"]\n\tpromisor = true\n`,
    );
    expect(await verdictOf(root)).toEqual(['unknown']);
    const broken = lay(clean);
    const id = git(broken, ['rev-parse', 'main:a.js']).trim();
    const object = join(broken, '.git/objects', id.slice(0, 2), id.slice(2));
    const bytes = readFileSync(object);
    rmSync(object);
    expect(await verdictOf(broken)).toEqual(['unknown']);
    writeFileSync(object, bytes.subarray(0, 8));
    expect(await verdictOf(broken)).toEqual(['unknown']);
    writeFileSync(object, bytes);
    expect(await verdictOf(broken)).toEqual(['pass']);
  });

  it('searches the messages of commits that a branch leads to', async () => {
    const root = lay(clean);
    const commit = git(root, ['commit-tree', '-m', `use ${secret}`, 'main^{tree}']).trim();
    expect(await verdictOf(root)).toEqual(['pass']);
    git(root, ['branch', 'other', commit]);
    expect(await verdictOf(root)).toEqual(['fail']);
    expect(await searchHistory(root)).toMatchObject({
      secrets: [{ value: secret, commit, path: '(message)' }],
    });
  });

  it('does not take a replacement for the commit that is there', async () => {
    const root = lay(removed);
    const [harmless, harmful] = git(root, ['rev-parse', 'main~2', 'main~1']).trim().split('\n');
    git(root, ['replace', harmful as string, harmless as string]);
    expect(await verdictOf(root)).toEqual(['fail']);
  });
});
