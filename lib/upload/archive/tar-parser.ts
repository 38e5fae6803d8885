import { forbidden, malformed, overLimit } from './archive-error.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import type { FolderWriter, OpenEntry } from './folder-writer.ts';
import { type PaxRecords, readPaxRecords } from './pax-records.ts';
import { readTarHeader, type TarHeader, textOf } from './tar-header.ts';

const blockBytes = 512;
/** The longest extended header or long name: attributes of a file can be that long. */
const maxExtended = 1_048_576;
/** The largest record that GNU tar writes (`-b 2048`); the end is padded to it. */
const maxPadding = 1_048_576;

const forbiddenTypes: Readonly<Record<string, string>> = {
  ...{ '1': 'link', '2': 'link', '3': 'device', '4': 'device', '6': 'fifo' },
  ...{ K: 'link', S: 'sparse', M: 'several-volumes' },
};

/**
 * Reads a tar as it arrives, in chunks of any size, and writes its files. Anything that isn't exactly a tar is refused: two programs that lose
 * track in it see different files.
 */
export class TarParser {
  readonly #writer: FolderWriter;
  readonly #limits: ArchiveLimits;
  /** The part of a block or an extended header that has arrived. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** What the next complete piece is, and its length. */
  #wanted = blockBytes;
  #next: (piece: Buffer) => void = (piece) => this.#header(piece);
  /** The file whose content is arriving, and how much of it is missing. */
  #file: { readonly entry: OpenEntry; missing: number; readonly padding: number } | undefined;
  #pax: PaxRecords | undefined;
  #longName: string | undefined;
  #hasEnded = false;
  #padding = 0;
  #headers = 0;

  constructor(writer: FolderWriter, limits: ArchiveLimits) {
    this.#writer = writer;
    this.#limits = limits;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#hasEnded) {
        this.#afterEnd(rest);
        return;
      }
      rest = this.#file === undefined ? this.#hold(rest) : this.#content(rest, this.#file);
    }
  }

  /** @throws ArchiveError if the archive is incomplete */
  end(): void {
    if (!this.#hasEnded) throw malformed('tar', 'truncated');
  }

  #hold(bytes: Buffer): Buffer {
    const part = bytes.subarray(0, this.#wanted - this.#heldBytes);
    this.#held.push(part);
    this.#heldBytes += part.length;
    if (this.#heldBytes === this.#wanted) {
      const piece = Buffer.concat(this.#held);
      this.#held = [];
      this.#heldBytes = 0;
      this.#next(piece);
    }
    return bytes.subarray(part.length);
  }

  #expect(bytes: number, next: (piece: Buffer) => void): void {
    this.#wanted = bytes;
    this.#next = next;
  }

  #expectHeader(): void {
    this.#expect(blockBytes, (piece) => this.#header(piece));
  }

  #content(
    bytes: Buffer,
    file: { readonly entry: OpenEntry; missing: number; readonly padding: number },
  ): Buffer {
    const part = bytes.subarray(0, file.missing);
    file.entry.write(part);
    file.missing -= part.length;
    if (file.missing === 0) this.#endFile(file.entry, file.padding);
    return bytes.subarray(part.length);
  }

  #endFile(entry: OpenEntry, padding: number): void {
    entry.end();
    this.#file = undefined;
    if (padding === 0) this.#expectHeader();
    else this.#expect(padding, () => this.#expectHeader());
  }

  #header(block: Buffer): void {
    if (block.every((byte) => byte === 0)) {
      if (this.#pax !== undefined || this.#longName !== undefined) throw malformed('tar', 'extended-header');
      this.#hasEnded = true;
      return;
    }
    // Extended headers count too: a million of them would take long, but write nothing.
    this.#headers += 1;
    if (this.#headers > 3 * this.#limits.maxFiles + 10) throw overLimit('maxFiles', this.#limits.maxFiles);
    const header = readTarHeader(block);
    if (header.type === 'x' || header.type === 'g' || header.type === 'L') this.#extended(header);
    else this.#entry(header);
  }

  #extended({ type, size }: TarHeader): void {
    if (size > maxExtended || (size === 0 && type !== 'g')) throw malformed('tar', 'extended-header');
    // Two headers for one file, or one of each kind: readers disagree about which counts.
    if (this.#pax !== undefined || this.#longName !== undefined) throw malformed('tar', 'extended-header');
    if (size === 0) return;
    const padded = size + paddingOf(size);
    this.#expect(padded, (piece) => {
      const bytes = piece.subarray(0, size);
      if (type === 'L') this.#longName = textOf(bytes);
      else if (type === 'x') this.#pax = readPaxRecords(bytes);
      else if (Object.keys(readPaxRecords(bytes)).length > 0) throw malformed('tar', 'global-header');
      this.#expectHeader();
    });
  }

  #entry(header: TarHeader): void {
    const pax = this.#pax;
    const name = pax?.path ?? this.#longName ?? header.name;
    this.#pax = undefined;
    this.#longName = undefined;
    // CVE-2025-62518: a reader that uses the other size reads headers from the content.
    if (pax?.size !== undefined && pax.size !== header.size) throw malformed('tar', 'size-disagrees');
    if (header.type === '5' || (header.type === '0' && name.endsWith('/'))) {
      if (header.size !== 0) throw malformed('tar', 'size-disagrees');
      this.#writer.addDirectory(name);
      return;
    }
    if (header.type !== '0') throw forbidden(name, forbiddenTypes[header.type] ?? 'unknown-type');
    this.#writer.announce(header.size, header.size);
    const entry = this.#writer.begin(name);
    if (header.size === 0) this.#endFile(entry, 0);
    else this.#file = { entry, missing: header.size, padding: paddingOf(header.size) };
  }

  #afterEnd(bytes: Buffer): void {
    this.#padding += bytes.length;
    if (this.#padding > maxPadding || bytes.some((byte) => byte !== 0))
      throw malformed('tar', 'trailing-data');
  }
}

function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}
