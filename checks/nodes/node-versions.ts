import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../repository.ts';

const run = promisify(execFile);

/** One release of each line that is supported, so that a run can be repeated: the packages of nodejs/node-bin. */
const releases: Readonly<Record<string, string>> = Object.freeze({
  20: '20.20.2',
  22: '22.23.3',
  24: '24.21.0',
  26: '26.10.0',
});

/** Not in node_modules, where `npm ci` would remove them; and not in a folder where others may write. */
const cache = join(root, 'out/nodes');

/** A program, or why there is none. */
export interface NodeRelease {
  readonly version: string;
  readonly path?: string;
  readonly why?: string;
}

/** The lines to run: all, or those of a list such as `22,26`. */
export function chosenLines(list: string | undefined): readonly string[] {
  const known = Object.keys(releases);
  const chosen = (list ?? '').split(',').filter((line) => line !== '');
  const unknown = chosen.filter((line) => !known.includes(line));
  if (unknown.length > 0) throw new Error(`No Node ${unknown.join(', ')}: there are ${known.join(', ')}.`);
  return chosen.length > 0 ? chosen : known;
}

/** The Node that runs this is its line's release. The others are installed where they are not there yet. */
export async function nodeOf(line: string): Promise<NodeRelease> {
  if (line === process.versions.node.split('.')[0]) {
    return { version: process.versions.node, path: process.execPath };
  }
  const version = releases[line] ?? line;
  const folder = join(cache, `node${line}`);
  const path = join(folder, 'node_modules/node/bin/node');
  try {
    if (!existsSync(path) || (await versionOf(path)) !== version) await install(folder, version);
    const found = await versionOf(path);
    return found === version ? { version, path } : { version, why: `${path} is ${found}` };
  } catch (error) {
    return { version, why: reasonOf(error) };
  }
}

async function install(folder: string, version: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const name = `node@npm:node-${process.platform}-${process.arch}@${version}`;
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  // From another folder, so that npm does not take it for a workspace of this one.
  await run('npm', ['install', ...options, name], { cwd: folder, env: outside(), timeout: 300_000 });
}

/** What `npm run` tells its scripts about this repository is not true of the cache. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(local_prefix|workspace)|package_|lifecycle_)/i.test(name),
    ),
  );
}

async function versionOf(path: string): Promise<string> {
  return (await run(path, ['-p', 'process.versions.node'])).stdout.trim();
}

/** What npm says is many lines, of which the first ones tell what it is about. */
function reasonOf(error: unknown): string {
  const { stderr = '', message } = error as Error & { readonly stderr?: string };
  const said = stderr.split('\n').filter((line) => /^npm err/i.test(line));
  return said.length > 0 ? said.slice(0, 2).join('; ') : (message.split('\n')[0] ?? 'unknown');
}
