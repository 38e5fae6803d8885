import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Folder } from '../../../scan/testing/folder.ts';
import { check } from '../../checks/code/secrets-in-tree/check.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { drawer } from '../testing/drawn.ts';
import { createRepository, git } from '../testing/repository.ts';
import { shapedSecrets } from '../testing/shaped-secrets.ts';
import { searchTree } from './search-tree.ts';

const folders: Folder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});
const today = '2026-12-01';
const secret = shapedSecrets['gitlab-token']?.(drawer(3)) ?? '';
const code = `deploy --with ${secret}\n`;

function lay(
  tracked: Readonly<Record<string, string>>,
  untracked: Readonly<Record<string, string>> = {},
): string {
  const folder = createRepository([{ files: { 'a.txt': 'x', ...tracked } }]);
  folders.push(folder);
  git(folder.path, ['reset', '-q', '--hard', 'main']);
  folder.write(untracked);
  return folder.path;
}

const search = (root: string): ReturnType<typeof searchTree> => searchTree(openSubject(root, { today }));

describe('searchTree', () => {
  it('searches tracked files, ignored and vendored ones too, and tells untracked ones apart', () => {
    const root = lay(
      { '.gitignore': '*.local\n', 'b.local': code, 'vendor/c.txt': code },
      { 'd.txt': code, 'e.local': code },
    );
    expect(search(root).secrets.map(({ path, line, isUntracked }) => ({ path, line, isUntracked }))).toEqual([
      { path: 'b.local', line: 1, isUntracked: false },
      { path: 'd.txt', line: 1, isUntracked: true },
      { path: 'vendor/c.txt', line: 1, isUntracked: false },
    ]);
  });

  it('finds secrets in UTF-16 and among bytes', () => {
    const root = lay({});
    writeFileSync(join(root, 'wide.txt'), `\ufeff${code}`, 'utf16le');
    writeFileSync(
      join(root, 'data.bin'),
      Buffer.concat([Buffer.from([0, 1, 255, 0]), Buffer.from(`\u0000${secret}\u0000`)]),
    );
    expect(search(root).secrets.map(({ path }) => path)).toEqual(['data.bin', 'wide.txt']);
  });

  it('says which files it does not open, and follows no link', () => {
    const root = lay({});
    writeFileSync(join(root, 'a.zip'), 'PK');
    writeFileSync(join(root, 'b\u001b[2J.jks'), 'x');
    writeFileSync(join(root, 'huge.txt'), Buffer.alloc(20_000_001, 'a'));
    symlinkSync('/etc/passwd', join(root, 'link.txt'));
    expect(search(root)).toMatchObject({
      secrets: [],
      gaps: [
        'An archive or a store of keys was not opened: a.zip.',
        'An archive or a store of keys was not opened: b\\u{1b}[2J.jks.',
        'A file is larger than 20 MB and was not searched: huge.txt.',
      ],
    });
  });

  it('reports no secret whole, and none twice', { timeout: 120_000 }, async () => {
    const root = lay({ '.env': `GITLAB_TOKEN=${secret}\n`, 'app.py': `TOKEN = "${secret}"\n` });
    const outcomes = await check.run(openSubject(root, { today }));
    expect(JSON.stringify(outcomes)).not.toContain(secret);
    const places = outcomes.flatMap(({ evidence }) => evidence.map(({ path, line }) => `${path}:${line}`));
    expect(places).toEqual(['.env:1', 'app.py:1']);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['fail']);
  });
});
