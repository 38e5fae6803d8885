import { record as recordEvent } from '../event/record.ts';
import { refuse } from '../internal/refuse.ts';
import type { SafePath } from '../path/safe-path.ts';
import { deny } from '../refusal/decision.ts';
import { extensionOf } from './clean-file-name.ts';
import { cleanSvg } from './clean-svg.ts';
import type { FieldPolicy } from './file-field.ts';
import type { Scan, Scanner } from './scanner.ts';
import { storageError } from './storage-error.ts';
import { anyType } from './types/any-type.ts';
import { fileTypes } from './types/file-types.ts';
import { judgeType } from './types/judge-type.ts';
import { signatureOf } from './types/signature-of.ts';
import type { TextFacts } from './types/text-check.ts';
import type { FileRecord, IncomingFile } from './upload-store.ts';
import type { UploadPolicy } from './uploads-options.ts';

/** What is known about a file whose bytes have all arrived. */
interface ReadFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: number;
  readonly text: TextFacts | undefined;
}

/** The checks that need the whole file, in order: its type, then images and SVG are rewritten, then it is scanned. */
export async function checkFile(
  policy: UploadPolicy,
  rules: FieldPolicy,
  file: IncomingFile,
  { field, name, bytes: received, text }: ReadFile,
): Promise<FileRecord> {
  const extension = extensionOf(name);
  const signature = await signatureOf(file.path);
  const found = rules.allowAnyType
    ? anyType(signature, extension)
    : judgeType({ field, name, extension, signature, text }, rules.types, policy.images?.types);
  if ('allow' in found) refuse(found);
  const { type, bytes } = await writeAnew(policy, file, found.type, received);
  const scan =
    policy.scan === undefined ? { clean: true as const } : await scanFile(policy.scan, file, bytes);
  if ('clean' in scan && !scan.clean)
    refuse(deny('upload/malware', { field, name, malware: scan.signature }));
  if ('unknown' in scan)
    recordEvent('upload/not-scanned', 'reported', { field, id: file.id, reason: scan.unknown });
  return Object.freeze({
    ...{ id: file.id, field, name, type, bytes },
    extension: (type === found.type ? found : fileTypes.get(type))?.extensions[0] ?? 'bin',
    uploadedAt: new Date().toISOString(),
    status: 'unknown' in scan ? ('quarantined' as const) : ('ready' as const),
  });
}

async function writeAnew(
  { images, sanitizeSvg }: UploadPolicy,
  file: IncomingFile,
  type: string,
  bytes: number,
): Promise<{ readonly type: string; readonly bytes: number }> {
  if (type === 'image/svg+xml' && sanitizeSvg !== undefined) {
    return rewrite(file, async (to) => ({ type, bytes: await cleanSvg(file.path, to, sanitizeSvg) }));
  }
  if (images?.types.includes(type)) return rewrite(file, (to) => images.rewrite(file.path, to, type));
  return { type, bytes };
}

/** An error of the writer is thrown unchanged, because it isn't the store's. */
async function rewrite<T>(file: IncomingFile, write: (to: SafePath) => Promise<T>): Promise<T> {
  let written: { readonly value: T } | { readonly error: unknown } | undefined;
  try {
    await file.replace(async (to) => {
      try {
        written = { value: await write(to) };
      } catch (error) {
        written = { error };
        throw error;
      }
    });
  } catch (error) {
    throw written !== undefined && 'error' in written
      ? written.error
      : storageError('upload', 'replace', error);
  }
  if (written === undefined || 'error' in written) throw new Error('The store did not replace the file.');
  return written.value;
}

/** If the scanner fails, the result is unknown. */
export async function scanFile(
  scanner: Scanner,
  { path }: { readonly path: SafePath },
  bytes: number,
): Promise<Scan> {
  try {
    return await scanner.scan({ path, bytes });
  } catch (error) {
    return { unknown: error instanceof Error ? error.message.slice(0, 200) : 'The scanner failed.' };
  }
}
