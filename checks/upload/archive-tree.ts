import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** What ordinary archives are made of: text, binary, empty and executable files, and names of several scripts. */
export const treeFiles: Readonly<Record<string, Buffer>> = {
  'readme.txt': Buffer.from('Hello.\n'),
  'empty.txt': Buffer.alloc(0),
  'run.sh': Buffer.from('#!/bin/sh\necho hello\n'),
  'docs/guide/index.html': Buffer.from('<p>Hello</p>\n'.repeat(5_000)),
  'docs/.hidden': Buffer.from('x'),
  'data/random.bin': Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * index * 31) % 251)),
  'data/exact-block.bin': Buffer.alloc(1_024, 7),
  'names/caf\u00e9 na\u00efve.txt': Buffer.from('latin'),
  'names/\u65e5\u672c\u8a9e.txt': Buffer.from('Japanese'),
  'names/\u0440\u0443\u0441\u0441\u043a\u0438\u0439.txt': Buffer.from('Russian'),
  [`long/${'folder-with-a-rather-long-name/'.repeat(5)}file.txt`]: Buffer.from('long'),
};

export function writeTree(folder: string): void {
  for (const [name, data] of Object.entries(treeFiles)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
  }
  mkdirSync(join(folder, 'empty-folder'), { recursive: true });
}

/** The files of a folder by their names, with slashes. */
export function readTree(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), digest(readFileSync(path))] as const)
      .sort(),
  );
}

function digest(data: Buffer): string {
  return data.length <= 64 ? data.toString('latin1') : `${data.length} bytes, ${crc32(data)}`;
}

/** What `readTree` returns for these files. */
export function digests(files: Readonly<Record<string, Buffer>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files)
      .map(([name, data]) => [name, digest(data)] as const)
      .sort(),
  );
}
