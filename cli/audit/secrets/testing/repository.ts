import { execFileSync } from 'node:child_process';
import { createFolder, type Folder } from '../../../scan/testing/folder.ts';

export interface Commit {
  readonly files: Readonly<Record<string, string | null>>;
  readonly branch?: string;
}

const environment = {
  ...{ PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  ...{
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  },
};

export function git(folder: string, options: readonly string[], input = ''): string {
  return execFileSync('git', options, {
    cwd: folder,
    input,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  }).toString();
}

/** A repository with these commits, without files in its work tree. `null` removes a file. */
export function createRepository(commits: Iterable<Commit>, options: readonly string[] = []): Folder {
  const folder = createFolder({});
  git(folder.path, ['init', '-q', '-b', 'main', ...options]);
  const lines: string[] = [];
  const known = new Set<string>();
  for (const { files, branch = 'main' } of commits) {
    const ref = `refs/heads/${branch}`;
    lines.push(`commit ${ref}\ncommitter a <a@example.com> 1700000000 +0000\ndata 1\nx\n`);
    if (!known.has(ref) && known.size > 0) lines.push('from refs/heads/main\n');
    known.add(ref);
    for (const [path, text] of Object.entries(files))
      lines.push(
        text === null ? `D ${path}\n` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      );
  }
  git(folder.path, ['fast-import', '--quiet'], lines.join(''));
  return folder;
}
