import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../', import.meta.url));

/** Files that belong to the repository, tracked or about to be, relative to its root. */
export function repositoryFiles(...patterns: string[]): string[] {
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return [...new Set(list.split('\0'))].filter((file) => file !== '' && existsSync(join(root, file))).sort();
}

/** The sources of `bulwark` that go to production: no tests. */
export function libSources(): string[] {
  return repositoryFiles('lib/*.ts').filter((file) => !/\.(test|test-d)\.ts$/.test(file));
}
