import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { takeLock } from '../build/take-lock.ts';
import { libSources, repositoryFiles, root } from '../repository.ts';

const run = promisify(execFile);
const here: string = import.meta.dirname;

/** Memoised, because a source may change while tests run. */
const built = new Map<string, Promise<string>>();

/**
 * Builds the application in a folder with `next build`, unless a build of the same sources is there.
 *
 * @param variables of the environment, which its configuration reads
 * @returns the build's folder, relative to the application's
 */
export function build(name: string, variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const id = JSON.stringify([name, variables]);
  const known = built.get(id) ?? buildOnce(name, variables, keyOf(name, id));
  built.set(id, known);
  return known;
}

async function buildOnce(
  name: string,
  variables: Readonly<Record<string, string>>,
  key: string,
): Promise<string> {
  const out = join(here, name, 'out');
  const done = join(out, key, 'bulwark-done');
  mkdirSync(out, { recursive: true });
  // Another test file may build the same.
  const release = await takeLock(join(out, `${key}.lock`));
  try {
    if (!existsSync(done)) {
      await nextBuild(name, { ...variables, BULWARK_NEXT_OUT: `out/${key}` });
      writeFileSync(done, '');
      forget(out, key);
    }
  } finally {
    release();
  }
  return `out/${key}`;
}

async function nextBuild(name: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const next = join(here, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  await run(process.execPath, [next, 'build', name], {
    cwd: here,
    env,
    timeout: 200_000,
    maxBuffer: 16_000_000,
  }).catch((error: { readonly stdout?: string; readonly stderr?: string }) => {
    throw new Error(`next build ${name} failed:\n${error.stdout}\n${error.stderr}`, { cause: error });
  });
}

/** Removes builds that are older than an hour. A newer one may be in use. */
function forget(out: string, key: string): void {
  for (const entry of readdirSync(out)) {
    const folder = join(out, entry);
    const { mtimeMs = Date.now() } = statSync(folder, { throwIfNoEntry: false }) ?? {};
    if (entry !== key && Date.now() - mtimeMs > 3_600_000) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function keyOf(name: string, id: string): string {
  const hash = createHash('sha256').update(id);
  const files = ['checks/next/package-lock.json', ...repositoryFiles(`checks/next/${name}`), ...libSources()];
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}
