import { deny } from '../../refusal/decision.ts';
import { ArchiveError, overLimit } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { FileBytes } from './file-bytes.ts';
import { FolderWriter, type WrittenFile } from './folder-writer.ts';
import { readGzip } from './gzip-member.ts';
import { readZip } from './read-zip.ts';
import { isTarHeader } from './tar-header.ts';
import { TarParser } from './tar-parser.ts';

export interface Extraction {
  /** The archive, on this machine. */
  readonly file: string;
  /** The name of the file in a `gz`. */
  readonly name: string;
  readonly limits: ArchiveLimits;
}

/**
 * Reads one archive of any format and writes its files into the directory. After an error, don't use what is there.
 *
 * @param folder an empty directory of ours
 */
export async function extract(extraction: Extraction, folder: string): Promise<readonly WrittenFile[]> {
  const file = new FileBytes(extraction.file);
  const writer = new FolderWriter(folder, extraction.limits, file.size);
  try {
    await extractWith(file, writer, extraction);
    return writer.files;
  } finally {
    writer.close();
    file.close();
  }
}

async function extractWith(
  file: FileBytes,
  writer: FolderWriter,
  { limits, name }: Extraction,
): Promise<void> {
  const start = file.read('tar', 0, Math.min(512, file.size));
  const may = (format: ArchiveLimits['formats'][number]): boolean => limits.formats.includes(format);
  if (may('zip') && start.length >= 22 && zipBeginnings.includes(start.readUInt32BE(0))) {
    await readZip(file, limits, writer);
  } else if ((may('tar.gz') || may('gz')) && start[0] === 0x1f && start[1] === 0x8b) {
    await extractGzip(file, writer, limits, name);
  } else if (may('tar') && isTarBeginning(start)) {
    const parser = new TarParser(writer, limits);
    for await (const chunk of file.chunks('tar', 0, file.size)) parser.push(chunk);
    parser.end();
  } else {
    throw new ArchiveError(deny('archive/unknown-format', { formats: limits.formats.join(', ') }));
  }
}

/** A local header, or the end of an empty zip. */
const zipBeginnings: readonly number[] = [0x504b0304, 0x504b0506];

function isTarBeginning(start: Buffer): boolean {
  return start.length === 512 && (isTarHeader(start) || start.every((byte) => byte === 0));
}

/** A `gz` contains a tar if its first block is a tar header, and otherwise one file. */
async function extractGzip(
  file: FileBytes,
  writer: FolderWriter,
  limits: ArchiveLimits,
  name: string,
): Promise<void> {
  let reader: { push(chunk: Buffer): void; end(): void } | undefined;
  let start: Buffer = Buffer.alloc(0);
  const choose = (): { push(chunk: Buffer): void; end(): void } => {
    if (limits.formats.includes('tar.gz') && isTarBeginning(start.subarray(0, 512)))
      return new TarParser(writer, limits);
    if (limits.formats.includes('gz')) {
      const entry = writer.begin(name);
      return { push: (chunk) => entry.write(chunk), end: () => void entry.end() };
    }
    throw new ArchiveError(deny('archive/unknown-format', { formats: limits.formats.join(', ') }));
  };
  let produced = 0;
  // The headers and padding of a tar are decompressed too, but not written.
  const most = limits.maxBytes + limits.maxFiles * 4_096 + 2 * 1_048_576;
  await readGzip(file, (chunk) => {
    produced += chunk.length;
    if (produced > most) throw overLimit('maxBytes', limits.maxBytes);
    if (reader !== undefined) {
      reader.push(chunk);
      return;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < 512) return;
    reader = choose();
    reader.push(start);
  });
  if (reader === undefined) {
    reader = choose();
    if (start.length > 0) reader.push(start);
  }
  reader.end();
}
