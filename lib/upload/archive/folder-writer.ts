import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { forbidden, overLimit } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { EntryNames } from './entry-names.ts';
import { archiveKind } from './inner-archive.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

export interface OpenEntry {
  /** @throws ArchiveError `archive/over-limit`, before the chunk is written */
  write(chunk: Buffer): void;
  end(): { readonly bytes: number; readonly crc: number };
}

/** Small archives may compress at any ratio: the limit applies after this many bytes. */
const ratioFrom = 1_048_576;
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
const firstBytes = 512;

/**
 * Writes entries into a directory that nobody else can open. The limits count bytes that are really written; a chunk beyond a limit is not
 * written. Modes are ours, so no entry is setuid. Owners and times in the archive are ignored.
 */
export class FolderWriter {
  readonly files: WrittenFile[] = [];
  readonly #folder: string;
  readonly #limits: ArchiveLimits;
  readonly #names: EntryNames;
  readonly #most: number;
  #bytes = 0;
  #open: number | undefined;

  /** @param archiveBytes the size that the ratio is measured against */
  constructor(folder: string, limits: ArchiveLimits, archiveBytes: number) {
    this.#folder = folder;
    this.#limits = limits;
    this.#names = new EntryNames(limits);
    this.#most = Math.max(ratioFrom, limits.maxRatio * archiveBytes);
  }

  addDirectory(raw: string): void {
    const name = this.#names.add(raw, 'directory');
    if (name !== '') mkdirSync(join(this.#folder, name), { recursive: true, mode: 0o700 });
  }

  /** Refuses sizes that the archive itself declares as too large, before anything is written. */
  announce(fileBytes: number, allBytes: number): void {
    const { maxFileBytes, maxBytes, maxRatio } = this.#limits;
    if (fileBytes > maxFileBytes) throw overLimit('maxFileBytes', maxFileBytes);
    if (allBytes > maxBytes) throw overLimit('maxBytes', maxBytes);
    if (allBytes > this.#most) throw overLimit('maxRatio', maxRatio);
  }

  /** Starts a file: `write` its content, then `end` it. One at a time. */
  begin(raw: string): OpenEntry {
    const path = this.#names.add(raw, 'file');
    const absolute = join(this.#folder, path);
    mkdirSync(dirname(absolute), { recursive: true, mode: 0o700 });
    const descriptor = openSync(absolute, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
    this.#open = descriptor;
    let bytes = 0;
    let crc = 0;
    let start: Buffer = Buffer.alloc(0);
    return {
      write: (chunk) => {
        bytes += chunk.length;
        this.#bytes += chunk.length;
        this.announce(bytes, this.#bytes);
        if (start.length < firstBytes) start = Buffer.concat([start, chunk.subarray(0, firstBytes)]);
        crc = crc32(chunk, crc);
        writeAll(descriptor, chunk);
      },
      end: () => {
        this.close();
        const kind = this.#limits.allowArchives ? undefined : archiveKind(start, path);
        if (kind !== undefined) throw forbidden(path, `archive:${kind}`);
        this.files.push({ path, bytes });
        return { bytes, crc };
      },
    };
  }

  /** Closes a file that an error left open. */
  close(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }
}

function writeAll(descriptor: number, chunk: Buffer): void {
  let done = 0;
  while (done < chunk.length) done += writeSync(descriptor, chunk, done);
}
