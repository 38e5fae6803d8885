import { lstat, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ownFile } from '../../internal/own-file.ts';
import { type NodeChildResult, runNodeChild } from '../../internal/process/run-node-child.ts';
import { refuse } from '../../internal/refuse.ts';
import { groundForChanges } from '../../path/choose-ground.ts';
import type { Folder } from '../../path/ground.ts';
import { readLinks } from '../../path/link-options.ts';
import { realPath } from '../../path/real-path.ts';
import type { SafePath } from '../../path/safe-path.ts';
import { atPath, systemError } from '../../path/system-error.ts';
import { walkToFolder } from '../../path/walk.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { ChildQueue } from '../child-queue.ts';
import type { Rewriter, Rewritten } from '../rewriter.ts';
import { parentVariable } from '../watch-parent.ts';
import { type ImageOptions, type ImagePolicy, parseImageOptions } from './image-options.ts';
import { isImageType } from './image-types.ts';
import type { RewriteAnswer, RewriteTask } from './rewrite-in-child.ts';

const retryAfterSeconds = 5;

/**
 * Re-encodes images: each is decoded in a process of its own, with limits on time and memory, and encoded again from its pixels.
 *
 * Guarantee: the new file has the pixels of the original, and nothing else: no metadata (EXIF, GPS, XMP, comments, thumbnails, profiles), no
 * appended data, no second format. Only the decoder of the checked type runs. The image is rotated as its EXIF orientation says, and converted to
 * sRGB. An attacker can still choose pixels whose bytes spell something in the new file, so serve it as an image, and never run it.
 *
 * @throws Misuse `bulwark/invalid-option`, `upload/sharp-missing`
 *
 * @example
 * ```ts
 * import { inside } from 'bulwark/path';
 * import { imageRewriter } from 'bulwark/upload/image';
 *
 * const images = imageRewriter({ types: ['image/png', 'image/jpeg'], maxWidth: 2_000, maxHeight: 2_000 });
 * await images.rewrite(inside('/srv/in', 'k3v9'), inside('/srv/out', 'k3v9'), 'image/jpeg');
 * // { type: 'image/jpeg', bytes: 182344, width: 2000, height: 1500 }
 * ```
 */
export function imageRewriter(options: ImageOptions = {}): Rewriter {
  const policy = parseImageOptions(options);
  requireSharp();
  const queue = new ChildQueue(policy.maxAtOnce, policy.maxWaiting);
  const busy = (): never => refuse(deny('upload/image-busy', { retryAfterSeconds }));
  return Object.freeze({
    types: policy.types,
    rewrite: (from: SafePath, to: SafePath, type: string) =>
      queue.run(() => rewrite(from, to, type, policy), policy.limits.timeoutMs, busy),
  });
}

function requireSharp(): void {
  try {
    createRequire(import.meta.url).resolve('sharp');
  } catch (cause) {
    throw new Misuse('upload/sharp-missing', undefined, { cause });
  }
}

async function rewrite(from: SafePath, to: SafePath, type: string, policy: ImagePolicy): Promise<Rewritten> {
  if (!isImageType(type) || !policy.types.includes(type))
    refuse(deny('upload/image-type-mismatch', { type }));
  const original = await realPath(from);
  const folder = await atPath(to, async () =>
    walkToFolder(await groundForChanges(), to, { links: readLinks({}) }),
  );
  try {
    const task: RewriteTask = { from: original, to: to.name, type, limits: policy.limits };
    return { type, ...(await atPath(to, () => rewriteIn(folder, to, task, policy))) };
  } finally {
    await folder.close();
  }
}

async function rewriteIn(
  folder: Folder,
  to: SafePath,
  task: RewriteTask,
  policy: ImagePolicy,
): Promise<Omit<Rewritten, 'type'>> {
  const target = folder.at(task.to);
  if (await exists(target)) throw systemError('EEXIST', 'file already exists', 'open', to.absolute);
  let isWritten = false;
  try {
    const answer = answerOf(await runChild(folder, task, policy), policy);
    if ('denied' in answer) refuse(answer.denied);
    isWritten = true;
    return answer;
  } finally {
    if (!isWritten) await rm(target, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

function runChild(folder: Folder, task: RewriteTask, policy: ImagePolicy): Promise<NodeChildResult> {
  const { allowUnlimited, limits } = policy;
  return runNodeChild(ownFile('./rewrite-in-child.ts', import.meta.url), task, {
    ...{ memoryBytes: limits.memoryBytes, allowUnlimited, cwd: folder.at('.') },
    env: parentVariable(),
    timeoutMs: limits.timeoutMs,
    cpuSeconds: Math.ceil(limits.timeoutMs / 1_000) + 1,
    maxOutputBytes: 65_536,
    // No encoder writes more per pixel, so a larger new file is invalid.
    limits: { fileBytes: 8 * limits.maxPixels + 1_048_576 },
  });
}

function answerOf(result: NodeChildResult, { limits }: ImagePolicy): RewriteAnswer {
  if (result.answered) return result.answer as RewriteAnswer;
  switch (result.reason) {
    case 'time':
    case 'cpu':
      return { denied: deny('upload/image-over-limit', { limit: 'timeoutMs', most: limits.timeoutMs }) };
    case 'memory':
      return { denied: deny('upload/image-over-limit', { limit: 'memoryBytes', most: limits.memoryBytes }) };
    case 'error':
      throw Object.assign(new Error(`An image could not be rewritten: ${result.message}`), {
        code: result.code,
      });
    default:
      throw new Error('The process that rewrites an image ended early.', { cause: result.stderr });
  }
}
