import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Module } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import type { SourceFile } from '../project/project.ts';
import type { ReadFiles, ScannedPart } from './part-cache.ts';

/** The position of a file's modules in the bytes, and the hash of the text that they were parsed from. */
interface Entry {
  readonly hash: string;
  readonly at: number;
  readonly length: number;
  readonly sum: number;
}

/** The index at the end, after the files in this order. Its own length follows, as 32 bits. */
interface Index {
  /** The key of the part's result. */
  readonly key: string;
  readonly files: readonly (readonly [path: string, hash: string, length: number, sum: number])[];
}

/** A sequence of bytes that is read piece by piece, because it may be too large to read as a whole. */
export interface Bytes {
  readonly size: number;
  /** May return fewer bytes at the end. */
  readonly read: (at: number, length: number) => Buffer;
}

/**
 * The encoded modules of a part, which is a group of files that are analysed together. A file is decoded only when its
 * modules are read, so that after a small edit most files stay encoded.
 */
export class KeptFiles implements ReadFiles {
  readonly key: string;
  readonly #bytes: Bytes;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor({ key, files }: Index, bytes: Bytes) {
    this.key = key;
    this.#bytes = bytes;
    const entries = new Map<string, Entry>();
    let at = 0;
    for (const [path, hash, length, sum] of files) {
      entries.set(path, { hash, at, length, sum });
      at += length;
    }
    this.#entries = entries;
  }

  /** @returns undefined for bytes in another format than that of `encodeFiles` */
  static decode(bytes: Bytes): KeptFiles | undefined {
    const end = bytes.size - 4;
    if (end < 0) return undefined;
    const length = bytes.read(end, 4).readUInt32LE();
    if (length > end) return undefined;
    const index: unknown = JSON.parse(bytes.read(end - length, length).toString());
    return isIndex(index) ? new KeptFiles(index, bytes) : undefined;
  }

  isOf(file: SourceFile): boolean {
    return this.#entries.get(file.path)?.hash === textHash(file);
  }

  modules(path: string): readonly Module[] | undefined {
    const bytes = this.encoded(path);
    return bytes && (JSON.parse(bytes.toString()) as readonly Module[]);
  }

  /** @returns undefined if the file has no entry, or a damaged one */
  encoded(path: string): Buffer | undefined {
    const entry = this.#entries.get(path);
    if (!entry) return undefined;
    if (entry.at + entry.length > this.#bytes.size) return undefined;
    try {
      const bytes = this.#bytes.read(entry.at, entry.length);
      return bytes.length === entry.length && crc32(bytes) === entry.sum ? bytes : undefined;
    } catch {
      // Another scan deleted it to free space.
      return undefined;
    }
  }
}

/**
 * Encodes the modules of a part. Yields the bytes file by file, because the bytes of all files may be too large for one
 * buffer.
 */
export function* encodeFiles({ key, files, modules, before }: ScannedPart): Generator<Buffer> {
  const entries: [path: string, hash: string, length: number, sum: number][] = [];
  for (const file of files) {
    // Unchanged files are not encoded again.
    const same = before instanceof KeptFiles && before.isOf(file) ? before.encoded(file.path) : undefined;
    const bytes = same ?? encode(modules.get(file.path));
    if (!bytes) continue;
    entries.push([file.path, textHash(file), bytes.length, crc32(bytes)]);
    yield bytes;
  }
  const index = Buffer.from(JSON.stringify({ key, files: entries } satisfies Index));
  yield index;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(index.length);
  yield length;
}

function encode(modules: readonly Module[] | undefined): Buffer | undefined {
  return modules?.every(isJson) ? Buffer.from(JSON.stringify(modules)) : undefined;
}

/** Modules are plain data, except for numbers that JSON can't represent. */
function isJson({ functions }: Module): boolean {
  return functions.every(({ code }) =>
    code.every(
      (inst) =>
        inst.op !== 'const' ||
        typeof inst.value !== 'number' ||
        (Number.isFinite(inst.value) && !Object.is(inst.value, -0)),
    ),
  );
}

/** SHA-256 of the text of a file. */
const textHash: (file: SourceFile) => string = memoized(({ text }: SourceFile) =>
  createHash('sha256').update(text).digest('hex'),
);

function isIndex(it: unknown): it is Index {
  if (typeof it !== 'object' || it === null) return false;
  const { key, files } = it as Record<keyof Index, unknown>;
  return (
    typeof key === 'string' &&
    /^[\da-f]{64}$/.test(key) &&
    Array.isArray(files) &&
    files.every(
      (one) =>
        Array.isArray(one) &&
        typeof one[0] === 'string' &&
        typeof one[1] === 'string' &&
        Number.isSafeInteger(one[2]) &&
        one[2] >= 0 &&
        Number.isSafeInteger(one[3]),
    )
  );
}
