import { lstat, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { ownFile } from '../../internal/own-file.ts';
import { type NodeChildResult, runNodeChild } from '../../internal/process/run-node-child.ts';
import { refuse } from '../../internal/refuse.ts';
import { shared } from '../../internal/shared.ts';
import { groundForChanges } from '../../path/choose-ground.ts';
import type { Folder } from '../../path/ground.ts';
import { inside } from '../../path/inside.ts';
import { readLinks } from '../../path/link-options.ts';
import { realPath } from '../../path/real-path.ts';
import { isSafePath, type SafePath } from '../../path/safe-path.ts';
import { atPath } from '../../path/system-error.ts';
import { walkToFolder } from '../../path/walk.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { ChildQueue } from '../child-queue.ts';
import { parentVariable } from '../watch-parent.ts';
import type { Extraction } from './extract.ts';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';
import type { UnpackAnswer } from './unpack-in-child.ts';
import { parseUnpackOptions, type UnpackOptions, type UnpackPolicy } from './unpack-options.ts';

/** An unpacked file. */
export interface UnpackedFile {
  /** `path.relative` is its name in the archive. */
  readonly path: SafePath;
  readonly bytes: number;
}

const maxWaiting = 100;
const retryAfterSeconds = 5;

/**
 * Unpacks an archive that a user uploaded, all of it or nothing, into a new directory. A process of its own, with limits on time, memory and CPU
 * time, reads it into a temporary directory beside `into`, which is renamed at the end.
 *
 * Guarantee: every file is inside `into`, and is a plain file with mode 0600 (directories: 0700). No limit was exceeded by bytes that were really
 * written. No link, device or inner archive is created, and nothing stays after a refusal or an error. Other programs see the same content in the
 * archive: one that can be read in two ways is refused.
 *
 * @param file a zip, tar or tar.gz; the content counts, not the name
 * @param into a directory that doesn't exist yet, or is empty; its parent must exist
 * @returns the files, in the order of the archive; empty directories are created too
 * @throws Refusal `archive/unknown-format`, `archive/malformed`, `archive/unsafe-name`, `archive/duplicate-name`, `archive/forbidden-entry`,
 * `archive/over-limit`, `archive/busy`, `path/too-long`; Misuse `archive/directory-not-empty`, `bulwark/invalid-option`, `command/prlimit-missing`; the errors of
 * the file system, such as `ENOSPC`; the signal's reason
 *
 * @example
 * ```ts
 * import { inside } from 'bulwark/path';
 * import { unpack } from 'bulwark/upload/archive';
 *
 * const files = await unpack(inside('/srv/uploads', 'photos.zip'), inside('/srv/albums', 'a7f3'), { maxFiles: 500 });
 * files.map(({ path, bytes }) => [path.relative, bytes]); // [['2026/sea.jpg', 48213], ['2026/dune.jpg', 51877]]
 * ```
 */
export async function unpack(
  file: SafePath,
  into: SafePath,
  options: UnpackOptions = {},
): Promise<readonly UnpackedFile[]> {
  const policy = parseUnpackOptions(options);
  const busy = (): never => refuse(deny('archive/busy', { retryAfterSeconds }));
  const queue = shared('archive:queue', () => new ChildQueue(availableParallelism(), maxWaiting));
  return queue.run(() => unpackNow(file, into, policy), policy.timeoutMs, busy);
}

async function unpackNow(
  file: SafePath,
  into: SafePath,
  policy: UnpackPolicy,
): Promise<readonly UnpackedFile[]> {
  const archive = await realPath(file);
  const name = /[^.]\.gz$/i.test(file.name) ? file.name.slice(0, -3) : 'content';
  const extraction = { file: archive, name, limits: policy.limits };
  return beside(into, (parent) => unpackBeside(parent, into, extraction, policy));
}

/** Keeps the parent of `into` open meanwhile, so that nobody can put another directory in its place. */
async function beside<T>(into: SafePath, act: (parent: Folder) => Promise<T>): Promise<T> {
  if (isSafePath(into) && into.name === '') throw new Misuse('archive/directory-not-empty');
  const parent = await atPath(into, async () =>
    walkToFolder(await groundForChanges(), into, { links: readLinks({}) }),
  );
  try {
    return await atPath(into, () => act(parent));
  } finally {
    await parent.close();
  }
}

async function unpackBeside(
  parent: Folder,
  into: SafePath,
  extraction: Extraction,
  policy: UnpackPolicy,
): Promise<readonly UnpackedFile[]> {
  await checkTarget(parent, into.name);
  await sweepTemporaryFolders(parent);
  const temporary = await makeTemporaryFolder(parent, policy.timeoutMs);
  try {
    const answer = answerOf(await runChild(parent.at(temporary), extraction, policy), policy);
    if ('denied' in answer) refuse(answer.denied);
    // Before they are moved: in their final place, a path may be too long.
    const files = answer.files.map(({ path, bytes }) => ({ path: inside(into, path), bytes }));
    await moveInto(parent, temporary, into.name);
    return files;
  } finally {
    await rm(parent.at(temporary), { recursive: true, force: true });
  }
}

async function checkTarget(parent: Folder, target: string): Promise<void> {
  const found = await lstat(parent.at(target)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (found === undefined) return;
  if (!found.isDirectory() || (await readdir(parent.at(target))).length > 0) {
    throw new Misuse('archive/directory-not-empty');
  }
}

/** @param folder the directory where it works, and the only place that it writes to */
function runChild(folder: string, extraction: Extraction, policy: UnpackPolicy): Promise<NodeChildResult> {
  const { limits, timeoutMs, memoryBytes, allowUnlimited, signal } = policy;
  return runNodeChild(ownFile('./unpack-in-child.ts', import.meta.url), extraction, {
    ...{ memoryBytes, timeoutMs, allowUnlimited, cwd: folder },
    env: parentVariable(),
    cpuSeconds: Math.ceil(timeoutMs / 1_000) + 1,
    maxOutputBytes: limits.maxFiles * (limits.maxNameLength + 64) + 65_536,
    limits: { fileBytes: limits.maxFileBytes },
    ...(signal !== undefined && { signal }),
  });
}

function answerOf(result: NodeChildResult, policy: UnpackPolicy): UnpackAnswer {
  if (result.answered) return result.answer as UnpackAnswer;
  switch (result.reason) {
    case 'time':
    case 'cpu':
      return { denied: deny('archive/over-limit', { limit: 'timeoutMs', most: policy.timeoutMs }) };
    case 'memory':
      return { denied: deny('archive/over-limit', { limit: 'memoryBytes', most: policy.memoryBytes }) };
    case 'abort':
      throw policy.signal?.reason;
    case 'error':
      throw Object.assign(new Error(`An archive could not be unpacked: ${result.message}`), {
        code: result.code,
      });
    default:
      throw new Error('The process that unpacks an archive ended early.', { cause: result.stderr });
  }
}

async function moveInto(parent: Folder, temporary: string, target: string): Promise<void> {
  // Windows doesn't rename onto a directory, even an empty one.
  if (process.platform === 'win32') await rmdir(parent.at(target)).catch(() => undefined);
  try {
    await rename(parent.at(temporary), parent.at(target));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') {
      throw new Misuse('archive/directory-not-empty', undefined, { cause: error });
    }
    throw error;
  }
}
