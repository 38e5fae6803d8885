import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fix, FixedProject } from './fix-list.ts';

/** Where repositories are on this machine: `<folder>/owner+name/repo` or `<folder>/owner+name`, as bare git directories. */
export interface LayOutOptions {
  readonly mirrors: string;
  readonly into: string;
}

/**
 * Lays out one version of a project as files, and returns the folder. What is there already is not made again. The code is only
 * read: nothing of it is installed or run.
 *
 * @throws {Error} if the repository, the commit or the package cannot be had
 */
export function layOut(source: string, version: string, { mirrors, into }: LayOutOptions): string {
  const folder = join(into, source.replace(/[^\w.-]+/g, '+'), version.slice(0, 20));
  if (existsSync(folder)) return folder;
  mkdirSync(into, { recursive: true });
  const temporary = mkdtempSync(join(into, '.new-'));
  try {
    if (source.startsWith('npm:')) unpack(source.slice('npm:'.length), version, temporary);
    else checkOut(repositoryOf(source, mirrors), version, temporary);
    // The scan takes a repository around the folder for the project's root, with its ignored files.
    mkdirSync(join(temporary, '.git'), { recursive: true });
    mkdirSync(join(folder, '..'), { recursive: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

function repositoryOf(source: string, mirrors: string): string {
  const beside = join(mirrors, source.slice('github:'.length).replace('/', '+'));
  const found = [join(beside, 'repo'), beside].find((path) => existsSync(join(path, 'HEAD')));
  if (found === undefined) throw new Error(`${source} is not in ${mirrors}`);
  return found;
}

function checkOut(repository: string, commit: string, into: string): void {
  const reader = mkdtempSync(join(into, '..', '.reader-'));
  try {
    const git = gitOver(repository, reader);
    const absent = absentFiles(git, commit).map((path) => `:(exclude,literal)${path}`);
    extract(git(['archive', '--format=tar', commit, '--', '.', ...absent]), into);
  } finally {
    rmSync(reader, { recursive: true, force: true });
  }
}

type Git = (args: readonly string[], input?: string) => Buffer;

/**
 * Runs git on the objects of a repository, from an empty one of our own: the configuration that a fetched repository brings could name
 * programs to run. Its attributes do not count either, so no file is left out, converted or filled in.
 */
function gitOver(repository: string, reader: string): Git {
  execFileSync('git', ['init', '--quiet', '--bare', '--template=', reader]);
  mkdirSync(join(reader, 'info'), { recursive: true });
  writeFileSync(
    join(reader, 'info/attributes'),
    '* -export-ignore -export-subst -text -eol -ident -filter -working-tree-encoding\n',
  );
  const env = {
    ...process.env,
    GIT_DIR: reader,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository, 'objects'),
    GIT_NO_LAZY_FETCH: '1',
  };
  return (args, input) =>
    execFileSync('git', args, { env, input: input ?? '', maxBuffer: 2 ** 31 - 1, stdio: 'pipe' });
}

/** Files of a commit whose content the repository lacks. Snapshots leave out very large files, which `git archive` fails for. */
function absentFiles(git: Git, commit: string): string[] {
  const files = git(['ls-tree', '-r', '-z', commit])
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, id, path] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return id === undefined || path === undefined ? [] : [{ id, path }];
    });
  const found = git(['cat-file', '--batch-check=%(objectname)'], files.map(({ id }) => `${id}\n`).join(''))
    .toString()
    .split('\n');
  return files.filter((_, index) => / missing$/.test(found[index] ?? '')).map(({ path }) => path);
}

function unpack(name: string, version: string, into: string): void {
  execFileSync(
    'npm',
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', into, `${name}@${version}`],
    {
      timeout: 120_000,
    },
  );
  const file = readdirSync(into).find((one) => one.endsWith('.tgz'));
  if (file === undefined) throw new Error(`npm has no ${name}@${version}`);
  execFileSync('tar', ['-xzf', join(into, file), '-C', into, '--strip-components=1', '--no-same-owner']);
  rmSync(join(into, file));
}

function extract(archive: Buffer, into: string): void {
  const { status, stderr } = spawnSync('tar', ['-xf', '-', '-C', into, '--no-same-owner'], {
    input: archive,
  });
  if (status !== 0) throw new Error(stderr.toString().trim());
}

/** Both versions of a fix. */
export function layOutFix(
  project: FixedProject,
  fix: Fix,
  options: LayOutOptions,
): { readonly before: string; readonly after: string } {
  return {
    before: layOut(project.source, fix.before, options),
    after: layOut(project.source, fix.after, options),
  };
}
