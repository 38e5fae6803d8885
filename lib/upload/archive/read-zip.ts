import { malformed, overLimit } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { EntryNames } from './entry-names.ts';
import type { FileBytes } from './file-bytes.ts';
import type { FolderWriter } from './folder-writer.ts';
import { inflate } from './inflate.ts';
import { readZipEnd } from './zip-end.ts';
import { centralBytes, readZipEntry, type ZipEntry } from './zip-entry.ts';
import { readZipLayout } from './zip-layout.ts';

/** Space for the name, the extra fields and the comment of an average entry, and of the longest. */
const roomPerEntry = 2_048;
const roomForOne = 3 * 65_535;

/** Checks the whole structure of a zip and all of its names first, and then writes its files, each checked by size and checksum. */
export async function readZip(file: FileBytes, limits: ArchiveLimits, writer: FolderWriter): Promise<void> {
  const entries = readDirectory(file, limits);
  const contents = readZipLayout(file, entries.list, entries.start);
  const names = new EntryNames(limits);
  let announced = 0;
  for (const { name, kind, bytes } of entries.list) {
    names.add(name, kind);
    announced += bytes;
    writer.announce(bytes, announced);
  }
  for (const [index, entry] of entries.list.entries()) {
    if (entry.kind === 'directory') {
      writer.addDirectory(entry.name);
      // An empty deflate stream has two bytes. Nothing else may be there.
      await readContent(file, entry, contents[index] as number, () => undefined);
    } else {
      const open = writer.begin(entry.name);
      await readContent(file, entry, contents[index] as number, (chunk) => open.write(chunk));
      if (open.end().crc !== entry.crc) throw malformed('zip', 'checksum');
    }
  }
}

function readDirectory(file: FileBytes, { maxFiles }: ArchiveLimits): { list: ZipEntry[]; start: number } {
  const { entries, start, end } = readZipEnd(file);
  if (entries > maxFiles) throw overLimit('maxFiles', maxFiles);
  if (end - start > entries * (centralBytes + roomPerEntry) + roomForOne)
    throw malformed('zip', 'central-directory');
  let rest = file.read('zip', start, end - start);
  const list: ZipEntry[] = [];
  while (list.length < entries) {
    const { entry, next } = readZipEntry(rest);
    list.push(entry);
    rest = rest.subarray(next);
  }
  if (rest.length > 0) throw malformed('zip', 'central-directory');
  return { list, start };
}

async function readContent(
  file: FileBytes,
  entry: ZipEntry,
  start: number,
  take: (chunk: Buffer) => void,
): Promise<void> {
  const chunks = file.chunks('zip', start, start + entry.compressed);
  let bytes = 0;
  const counted = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > entry.bytes) throw malformed('zip', 'size-disagrees');
    take(chunk);
  };
  let consumed = entry.compressed;
  if (entry.method === 8) consumed = await inflate('zip', chunks, counted);
  else for await (const chunk of chunks) counted(chunk);
  if (bytes !== entry.bytes || consumed !== entry.compressed) throw malformed('zip', 'size-disagrees');
}
