import { dirname } from 'node:path';
import { openFolder, type ProjectFolder } from './folder.ts';
import type { Manifest } from './manifest.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const locks: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/** By the field `packageManager`, then by the lock file here or in a folder above, up to the root of the repository. */
export function packageManager(
  folder: ProjectFolder,
  manifest: Manifest,
): { readonly name: PackageManager; readonly notes: readonly string[]; readonly hasLock: boolean } {
  const here = locks.filter(([file]) => folder.has(file));
  const named = /^(npm|pnpm|yarn|bun)@/.exec(manifest.packageManager ?? '')?.[1] as
    | PackageManager
    | undefined;
  const found = [...new Set((here.length > 0 ? here : locksAbove(folder)).map(([, name]) => name))];
  const name = named ?? found[0] ?? 'npm';
  const notes =
    found.length > 1 && named === undefined
      ? [`There are lock files of ${found.join(' and ')}. The commands below are for ${name}.`]
      : [];
  return { name, notes, hasLock: found.includes(name) };
}

function locksAbove(folder: ProjectFolder): typeof locks {
  let at = folder;
  for (let levels = 0; levels < 20 && !at.has('.git'); levels += 1) {
    const above = dirname(at.root);
    if (above === at.root) return [];
    at = openFolder(above);
    const found = locks.filter(([file]) => at.has(file));
    if (found.length > 0) return found;
  }
  return [];
}

/** How the package manager runs a command that is installed in the project. None of these downloads one. */
export function runInstalled(name: PackageManager): string {
  return { npm: 'npx --no-install', pnpm: 'pnpm exec', yarn: 'yarn run', bun: 'bun run' }[name];
}

/** Installs exactly what the lock file says. */
export function cleanInstall(name: PackageManager, folder: ProjectFolder): string {
  const frozen = name === 'yarn' && folder.has('.yarnrc.yml') ? '--immutable' : '--frozen-lockfile';
  return name === 'npm' ? 'npm ci' : `${name} install ${frozen}`;
}
