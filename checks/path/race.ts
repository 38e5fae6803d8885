import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as paths from '../../lib/path/index.ts';
import { startSwapper } from './swapper.ts';

export type Act = 'read' | 'create' | 'overwrite' | 'remove';
export type Place = 'a' | 'a/b' | 'a/b/c' | 'a/b/c/file';
export type Way = 'guarded' | 'checked before';

export const acts: readonly Act[] = ['read', 'create', 'overwrite', 'remove'];
/** Every directory in the middle, and the last name. */
export const places: readonly Place[] = ['a', 'a/b', 'a/b/c', 'a/b/c/file'];

export interface Race {
  readonly attempts: number;
  readonly swaps: number;
  /** How often something outside of the root was read, made, changed or removed. */
  readonly outside: number;
  /** How often it was done inside. */
  readonly inside: number;
}

const file = 'a/b/c/file';

/**
 * One process tries to reach `a/b/c/file` below a root again and again, while another one swaps what is at `place` for a link to the same place of a
 * tree outside.
 */
export async function race(
  act: Act,
  place: Place,
  way: Way,
  limits: { readonly attempts: number; readonly enough?: number },
): Promise<Race> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-race-')));
  const [root, elsewhere] = [join(base, 'root'), join(base, 'outside')];
  for (const tree of [root, elsewhere]) await mkdir(join(tree, dirname(file)), { recursive: true });
  // These stay the same directories, whatever their names are at the moment.
  const [own, foreign] = [await open(join(root, dirname(file))), await open(join(elsewhere, dirname(file)))];
  const ownFile = `/proc/self/fd/${own.fd}/file`;
  const foreignFile = `/proc/self/fd/${foreign.fd}/file`;
  const creates = act === 'create';
  if (!creates) await writeFile(ownFile, 'inside');
  if (!creates) await writeFile(foreignFile, 'outside');
  await symlink(join(elsewhere, place), join(root, 'twin'));
  const isAbsent = creates && place === file;
  // What is written through a link leaves it there.
  const takesLink = act !== 'read' && !(act === 'overwrite' && way === 'checked before');
  const swapper = await startSwapper(isAbsent ? 'move' : 'exchange', join(root, 'twin'), join(root, place));
  const result = { attempts: 0, swaps: 0, outside: 0, inside: 0 };
  try {
    while (
      result.attempts < limits.attempts &&
      result.outside < (limits.enough ?? Number.POSITIVE_INFINITY)
    ) {
      result.attempts++;
      const got = await doIt[way](act, root).catch(ordinary);
      if (await reachedOutside(act, got, foreignFile)) result.outside++;
      else if (got !== undefined) result.inside++;
      await prepare(act, ownFile);
      if (place === file && takesLink) await keepLink(root, join(elsewhere, place));
    }
  } finally {
    result.swaps = await swapper.stop();
    await Promise.all([own.close(), foreign.close()]);
    await rm(base, { recursive: true, force: true });
  }
  return result;
}

async function prepare(act: Act, ownFile: string): Promise<void> {
  if (act === 'create') await rm(ownFile, { force: true });
  // A link may have that name, so nothing is written through it.
  if (act === 'remove') await writeFile(ownFile, 'inside', { flag: 'wx' }).catch(ordinary);
}

/** Who overwrites or removes the link takes it from the swapper. */
async function keepLink(root: string, target: string): Promise<void> {
  const twin = join(root, 'twin');
  // It may change its name between two looks.
  for (let look = 0; look < 8; look++) {
    for (const name of [twin, join(root, file)]) {
      if (await readlink(name).catch(() => undefined)) return;
    }
  }
  await rm(twin, { force: true });
  await symlink(target, twin).catch(ordinary);
}

async function reachedOutside(act: Act, got: string | undefined, foreignFile: string): Promise<boolean> {
  if (act === 'read') return got === 'outside';
  const found = await readFile(foreignFile, 'utf8').catch(ordinary);
  if (act === 'create') {
    if (found !== undefined) await rm(foreignFile, { force: true });
    return found !== undefined;
  }
  if (found !== 'outside') await writeFile(foreignFile, 'outside');
  return found !== 'outside';
}

type Doing = (act: Act, root: string) => Promise<string | undefined>;

const doIt: Readonly<Record<Way, Doing>> = {
  async guarded(act, root) {
    const path = paths.inside(root, file);
    if (act === 'read') return paths.readText(path);
    if (act === 'remove') await paths.removeFile(path);
    else await paths.writeFile(path, 'changed', { overwrite: act === 'overwrite', sync: false });
    return 'done';
  },
  /** The usual way: resolve the path, check it, and then use it. */
  async 'checked before'(act, root) {
    const path = join(root, file);
    const real = await realpath(act === 'create' ? dirname(path) : path);
    if (!real.startsWith(`${root}/`)) return undefined;
    if (act === 'read') return readFile(path, 'utf8');
    if (act === 'remove') await unlink(path);
    if (act === 'overwrite') await writeFile(path, 'changed');
    if (act === 'create') {
      if ((await readdir(dirname(path))).includes('file')) return undefined;
      await writeFile(path, 'changed');
    }
    return 'done';
  },
};

/** A refusal, or an error of the system: either way nothing was done. Anything else fails the test. */
function ordinary(error: unknown): undefined {
  const { code } = error as { code?: string };
  if (code === 'path/link' || /^E(?:NOENT|NOTDIR|EXIST|LOOP|ISDIR)$/.test(code ?? '')) return undefined;
  throw error;
}
