import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from './attacks-archives.ts';
import { type Box, secretText } from './attacks-kind.ts';

const git = (folder: string, ...args: readonly string[]) =>
  execFileSync(
    '/usr/bin/git',
    ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args],
    {
      env: { PATH: '/usr/bin:/bin', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );

/** The files that each run starts from: made once, copied for each. */
export function makeBase(): string {
  const base = mkdtempSync(join(tmpdir(), 'bulwark-command-'));
  const work = join(base, 'work');
  mkdirSync(join(work, 'empty'), { recursive: true });
  mkdirSync(join(work, 'sub'));
  writeFileSync(join(work, 'sub/a.txt'), 'ordinary\n');
  writeFileSync(join(base, 'secret.txt'), `${secretText}\n`);
  writeFileSync(join(base, 'victim.txt'), 'kept\n');
  writeFileSync(join(work, 'a.txt'), 'ordinary\n'.repeat(200));
  writeFileSync(join(work, 'page.ps'), '%!PS\nshowpage\n');
  symlinkSync('../secret.txt', join(work, 'link.txt'));
  const tar = (name: string, ...args: readonly string[]) =>
    execFileSync('/usr/bin/tar', ['-C', work, '-cf', join(work, name), ...args]);
  tar('plain.tar', 'a.txt');
  tar('canary.tar', '--transform=s,a.txt,canary,', 'a.txt');
  tar('victim.tar', '--transform=s,a.txt,victim.txt/a,', 'a.txt');
  execFileSync('/usr/bin/zip', ['-q', 'plain.zip', 'a.txt'], { cwd: work });
  execFileSync('/usr/bin/zip', ['-q', '../private.zip', '../secret.txt'], { cwd: work });
  execFileSync('/usr/bin/zip', ['-q', '../victim.zip', 'a.txt'], { cwd: work });
  writeFileSync(join(work, 'up.zip'), zipOf('../canary'));
  writeFileSync(join(work, 'canary.zip'), zipOf('canary'));
  execFileSync('/usr/bin/magick', ['-size', '9x9', 'xc:red', `png:${join(work, 'in.png')}`]);
  makeRepository(join(work, 'repo'), 'a.txt', 'hello\n');
  makeRepository(join(base, 'private'), 'secret.txt', `${secretText}\n`);
  cpSync(join(work, 'repo/.git/refs/heads/kept'), join(base, 'kept'));
  return base;
}

function makeRepository(folder: string, name: string, content: string): void {
  mkdirSync(folder);
  // Without the samples of hooks, which are most of its files.
  git(folder, 'init', '-q', '-b', 'main', '--template=');
  git(folder, 'config', 'user.name', 'a');
  git(folder, 'config', 'user.email', 'a@example.com');
  for (const text of ['first\n', content]) {
    writeFileSync(join(folder, name), text);
    git(folder, 'add', name);
    git(folder, 'commit', '-q', '-m', text);
  }
  git(folder, 'tag', 'v1');
  git(folder, 'branch', 'kept', 'HEAD~1');
  git(folder, 'checkout', '-q', '-b', 'side', 'HEAD~1');
  writeFileSync(join(folder, 'b.txt'), 'side\n');
  writeFileSync(join(folder, name), 'other\n');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'side');
  git(folder, 'checkout', '-q', 'main');
}

export function makeBox(
  base: string,
  port: number,
  withRepositories: boolean,
): { readonly box: Box; readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), 'bulwark-command-'));
  cpSync(base, root, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => withRepositories || !/\/(?:repo|private)$/.test(from),
  });
  const box: Box = {
    work: join(root, 'work'),
    canary: join(root, 'canary'),
    secret: join(root, 'secret.txt'),
    victim: join(root, 'victim.txt'),
    privateRepository: join(root, 'private/.git'),
    port,
  };
  return { box, root };
}

/** What stands in the files of a box: to find what a command added, changed and removed. */
export function listing(root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, entry);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats) found.set(entry, stats.isFile() ? `${stats.size} ${stats.mtimeMs}` : `${stats.mode}`);
  }
  return found;
}

/** What an attack did, in words; nothing where it did no harm. */
export function effectsOn(
  { box, root }: { readonly box: Box; readonly root: string },
  before: ReadonlyMap<string, string>,
  output: string,
  connections: number,
): readonly string[] {
  const effects: string[] = [];
  if (existsSync(box.canary) || lstatSync(box.canary, { throwIfNoEntry: false }))
    effects.push('ran a program or wrote a file');
  if (readdirSync(root).some((name) => /^canary./.test(name))) effects.push('wrote a file');
  if (output.includes(secretText)) effects.push('showed the secret');
  if (!existsSync(box.victim) || readFileSync(box.victim, 'utf8') !== 'kept\n')
    effects.push('changed the victim');
  if (!existsSync(box.secret) || readFileSync(box.secret, 'utf8') !== `${secretText}\n`)
    effects.push('changed the secret');
  const archive = join(root, 'victim.zip');
  if (!existsSync(archive) || readFileSync(archive).length === 22) effects.push('removed an archive');
  const refs = join(box.work, 'repo/.git/refs');
  if (existsSync(refs) && before.has('work/repo/.git/refs/heads/kept')) {
    if (!existsSync(join(refs, 'heads/kept'))) effects.push('deleted a branch');
    else if (readFileSync(join(refs, 'heads/kept'), 'utf8') !== keptIn(root)) effects.push('moved a branch');
    if (!existsSync(join(refs, 'tags/v1'))) effects.push('deleted a tag');
  }
  if (connections > 0) effects.push('made a connection');
  for (const [name, state] of listing(root)) {
    if (before.get(name) === state || name === 'secret.txt' || name.startsWith('private')) continue;
    const path = join(root, name);
    if (lstatSync(path).isFile() && readFileSync(path).includes(secretText))
      effects.push(`copied the secret to ${name}`);
  }
  return effects;
}

/** Where the branch stood at first. */
function keptIn(root: string): string {
  return readFileSync(join(root, 'kept'), 'utf8');
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
