import type { FileType } from './file-types.ts';
import { loadFileType } from './load-file-type.ts';

/** The most that file-type reads of files that it knows by their first bytes. */
const sampleBytes = 4_100;

/**
 * Content that its first bytes identify for certain, so that a large file need not be read to its end. Other content may turn out differently
 * further on: containers, and signatures of two bytes.
 */
const certain: ReadonlySet<string> = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'application/x-elf'],
  ...['application/x-rar-compressed', 'application/x-7z-compressed', 'application/gzip', 'video/x-flv'],
]);

/** Looks at a file while it arrives. */
export interface EarlyLook {
  /** Resolves to the signature, once it is certain that the file isn't of an accepted type. */
  write(chunk: Uint8Array): Promise<string | undefined> | undefined;
}

export function earlyLook(accepted: readonly FileType[]): EarlyLook {
  let sample: Uint8Array[] | undefined = [];
  let bytes = 0;
  return {
    write(chunk) {
      if (sample === undefined) return undefined;
      sample.push(chunk.byteLength > sampleBytes ? chunk.subarray(0, sampleBytes) : chunk);
      bytes += chunk.byteLength;
      if (bytes < sampleBytes) return undefined;
      const whole = Buffer.concat(sample);
      sample = undefined;
      return signatureOf(whole, accepted);
    },
  };
}

async function signatureOf(sample: Uint8Array, accepted: readonly FileType[]): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await loadFileType();
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  if (found === undefined || !certain.has(found.mime)) return undefined;
  return accepted.some(({ signatures }) => signatures.has(found.mime)) ? undefined : found.mime;
}
