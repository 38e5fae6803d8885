import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { libSources, repositoryFiles, root } from '../repository.ts';
import { install } from './install.ts';

const run = promisify(execFile);
const here: string = import.meta.dirname;

/**
 * Builds the application in a folder with `next build`, unless its last build is of the same sources.
 *
 * @returns the build's folder
 */
export function build(name: string): Promise<string> {
  const known = built.get(name) ?? buildNow(name);
  built.set(name, known);
  return known;
}

/** A source may change while tests run. */
const built = new Map<string, Promise<string>>();

async function buildNow(name: string): Promise<string> {
  await install(here);
  const folder = join(here, name, 'out');
  const mark = join(folder, 'bulwark-sources');
  const key = keyOf([
    'checks/next/package-lock.json',
    ...repositoryFiles(`checks/next/${name}`),
    ...libSources(),
  ]);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === key) return folder;
  rmSync(folder, { recursive: true, force: true });
  const next = join(here, 'node_modules/next/dist/bin/next');
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    BULWARK_NEXT_OUT: 'out',
  };
  await run(process.execPath, [next, 'build', name], {
    cwd: here,
    env,
    timeout: 300_000,
    maxBuffer: 16_000_000,
  }).catch((error: { readonly stdout?: string; readonly stderr?: string }) => {
    throw new Error(`next build ${name} failed:\n${error.stdout}\n${error.stderr}`, { cause: error });
  });
  writeFileSync(mark, key);
  return folder;
}

function keyOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}
