import { knownOptions } from '../internal/known-options.ts';
import { openFile } from '../path/open-file.ts';
import { isSafePath, type SafePath } from '../path/safe-path.ts';
import { Misuse } from '../refusal/misuse.ts';
import { cleanFileName } from './clean-file-name.ts';
import { fileInput } from './file-input.ts';
import type { AcceptOptions } from './received.ts';
import type { FileRecord } from './upload-store.ts';
import type { UploadPolicy } from './uploads-options.ts';

const readBytes = 256 * 1024;

/** Runs one file that is already on this machine through the checks of a field. It is published, or nothing of it is left. */
export async function accept(
  policy: UploadPolicy,
  field: string,
  path: SafePath,
  options: AcceptOptions,
): Promise<FileRecord> {
  const { name = path?.name, signal } = knownOptions(options, ['name', 'signal']);
  const rules = policy.files.get(field);
  if (rules === undefined) invalid(`No field ${JSON.stringify(field)} is listed in \`files\`.`);
  if (!isSafePath(path)) invalid('accept takes a SafePath, which `inside` and `unpack` make.');
  if (typeof name !== 'string') invalid('name takes a string.');
  signal?.throwIfAborted();
  const { handle } = await openFile(path);
  const input = fileInput(policy, field, cleanFileName(name) || 'file', rules);
  try {
    // Not as a stream, whose options inherit: a polluted prototype would choose what is read.
    for (;;) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafe(readBytes);
      const { bytesRead } = await handle.read(buffer, 0, readBytes, null);
      if (bytesRead === 0) break;
      await input.write(buffer.subarray(0, bytesRead));
    }
    await input.end();
    signal?.throwIfAborted();
    await input.publish();
    return input.record();
  } catch (error) {
    await input.discard();
    throw error;
  } finally {
    await handle.close();
  }
}

function invalid(message: string): never {
  throw new Misuse('bulwark/invalid-option', message);
}
