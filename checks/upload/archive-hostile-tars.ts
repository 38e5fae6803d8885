import { deflateRawSync, gzipSync, constants as zlib } from 'node:zlib';
import type { HostileArchive } from './archive-hostile.ts';
import { type BuiltMember, buildMember, buildTar, paxHeader } from './archive-tar-builder.ts';
import { buildZip } from './archive-zip-builder.ts';

const good: BuiltMember = { name: 'good.txt', data: 'good' };
const tar =
  (...members: BuiltMember[]): (() => Buffer) =>
  () =>
    buildTar(members);
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const unsafe = 'archive/unsafe-name';
const malformed = 'archive/malformed';
const forbidden = 'archive/forbidden-entry';
const over = 'archive/over-limit';

/** A gzip file of so many mebibytes of zeros behind `start`, without a right checksum: nothing reads that far. */
function gzippedZeros(start: Buffer, mebibytes: number): Buffer {
  const flush = { finishFlush: zlib.Z_FULL_FLUSH };
  const zeros = deflateRawSync(Buffer.alloc(1_048_576), flush);
  return Buffer.concat([
    ...[bytes('\x1f\x8b\x08\0\0\0\0\0\0\x03'), deflateRawSync(start, flush)],
    ...new Array<Buffer>(mebibytes).fill(zeros),
    ...[deflateRawSync(Buffer.alloc(0)), Buffer.alloc(8)],
  ]);
}

export const hostileTars: readonly HostileArchive[] = [
  { name: 'traversal (CVE-2007-4559)', code: unsafe, build: tar(good, { name: '../../evil.sh', data: 'x' }) },
  {
    name: 'traversal by the prefix',
    code: unsafe,
    build: tar({ name: 'evil.sh', prefix: '../..', data: 'x' }),
  },
  {
    name: 'an absolute path (CVE-2021-32804)',
    code: unsafe,
    build: tar({ name: '////etc/passwd', data: 'x' }),
  },
  {
    name: 'a drive-relative path (CVE-2021-37713)',
    code: unsafe,
    build: tar({ name: 'C:..\\evil.dll', data: 'x' }),
  },
  {
    name: 'traversal in a long name of GNU',
    code: unsafe,
    build: tar({ name: '././@LongLink', type: 'L', data: '../evil\0', magic: 'gnu' }, good),
  },
  { name: 'traversal in a PAX path', code: unsafe, build: tar(paxHeader({ path: '../evil' }), good) },
  { name: 'a NUL in a PAX path', code: unsafe, build: tar(paxHeader({ path: 'a.txt\0.php' }), good) },
  {
    name: 'a symbolic link, then a file through it (CVE-2021-32803)',
    code: forbidden,
    build: tar({ name: 'out', type: '2', link: '/etc' }, { name: 'out/passwd', data: 'x' }),
  },
  {
    name: 'a symbolic link within the folder (CVE-2025-4517)',
    code: forbidden,
    build: tar({ name: 'a', type: '2', link: 'b' }),
  },
  {
    name: 'a hard link (CVE-2026-23745)',
    code: forbidden,
    build: tar({ name: 'a', type: '1', link: '/etc/passwd' }),
  },
  {
    name: 'a link by a PAX linkpath',
    code: forbidden,
    build: tar(paxHeader({ linkpath: '/etc/passwd' }), good),
  },
  {
    name: 'a long link name of GNU',
    code: forbidden,
    build: tar({ name: '././@LongLink', type: 'K', data: '/etc\0', magic: 'gnu' }, { name: 'a', type: '2' }),
  },
  { name: 'a character device', code: forbidden, build: tar({ name: 'null', type: '3' }) },
  { name: 'a block device', code: forbidden, build: tar({ name: 'sda', type: '4' }) },
  { name: 'a FIFO', code: forbidden, build: tar({ name: 'pipe', type: '6' }) },
  { name: 'a sparse file of GNU', code: forbidden, build: tar({ name: 'sparse', type: 'S', magic: 'gnu' }) },
  {
    name: 'a sparse file of PAX',
    code: forbidden,
    build: tar(paxHeader({ 'GNU.sparse.realsize': '999999999999' }), good),
  },
  {
    name: 'a part of several volumes',
    code: forbidden,
    build: tar({ name: 'part', type: 'M', magic: 'gnu' }),
  },
  { name: 'an unknown type', code: forbidden, build: tar({ name: 'a', type: 'Z' }) },
  {
    name: 'an archive in an archive',
    code: forbidden,
    build: tar({ name: 'a.bin', data: buildZip([{ name: 'a', data: 'x' }]) }),
  },
  { name: 'a tar in a tar', code: forbidden, build: tar({ name: 'a.tar', data: buildTar([good]) }) },
  { name: 'two members of one name', code: 'archive/duplicate-name', build: tar(good, good) },
  {
    name: 'a file, then a folder of its name (CVE-2021-37701)',
    code: 'archive/duplicate-name',
    build: tar({ name: 'a', data: 'x' }, { name: 'A/', type: '5' }),
  },
  {
    name: 'a file below a file',
    code: 'archive/duplicate-name',
    build: tar({ name: 'a', data: 'x' }, { name: 'a/b', data: 'x' }),
  },
  {
    name: 'another size in a PAX header (CVE-2025-62518)',
    code: malformed,
    build: tar(paxHeader({ size: '512' }), { name: 'a', data: '' }, buildable()),
  },
  { name: 'a global PAX path', code: malformed, build: tar(paxHeader({ path: 'a' }, 'g'), good) },
  { name: 'a global PAX size', code: malformed, build: tar(paxHeader({ size: '1' }, 'g'), good) },
  {
    name: 'two PAX headers for one file',
    code: malformed,
    build: tar(paxHeader({ path: 'a' }), paxHeader({ path: 'b' }), good),
  },
  {
    name: 'a PAX path and a long name',
    code: malformed,
    build: tar(paxHeader({ path: 'a' }), { name: '././@LongLink', type: 'L', data: 'b\0' }, good),
  },
  {
    name: 'a PAX key twice',
    code: malformed,
    build: tar({ name: 'x', type: 'x', data: '10 path=a\n10 path=b\n' }, good),
  },
  {
    name: 'a PAX record with a wrong length',
    code: malformed,
    build: tar({ name: 'x', type: 'x', data: '99 path=a\n' }, good),
  },
  {
    name: 'a PAX record without an end',
    code: malformed,
    build: tar({ name: 'x', type: 'x', data: '9 path=ab\n' }, good),
  },
  { name: 'a PAX header at the end', code: malformed, build: tar(good, paxHeader({ path: 'a' })) },
  { name: 'a negative size', code: malformed, build: tar({ name: 'a', size: Buffer.alloc(12, 0xff) }) },
  {
    name: 'a size of 2^88',
    code: malformed,
    build: tar({ name: 'a', size: Buffer.concat([Buffer.from([0x80]), Buffer.alloc(11, 0xff)]) }),
  },
  {
    name: 'a size that is no octal number',
    code: malformed,
    build: tar({ name: 'a', size: bytes('0x000000010\0') }),
  },
  {
    name: 'a size with digits behind a space',
    code: malformed,
    build: tar({ name: 'a', size: bytes('0000001 777\0') }),
  },
  { name: 'a wrong checksum', code: malformed, build: tar(good, { name: 'a', data: 'x', checksum: 1 }) },
  {
    name: 'an unknown magic',
    code: malformed,
    build: tar({ name: 'a', data: 'x', magic: bytes('ustar\x0099') }),
  },
  { name: 'a folder with content', code: malformed, build: tar({ name: 'a/', type: '5', data: 'hidden' }) },
  {
    name: 'an archive behind the end',
    code: malformed,
    build: () => Buffer.concat([buildTar([good]), buildTar([{ name: 'evil', data: 'x' }])]),
  },
  { name: 'no end', code: malformed, build: () => buildTar([good], Buffer.alloc(0)) },
  {
    name: 'cut off in a file',
    code: malformed,
    build: () => buildTar([{ name: 'a', data: Buffer.alloc(4_096, 1) }]).subarray(0, 2_048),
  },
  {
    name: 'a name that is not UTF-8',
    code: malformed,
    build: tar({ name: Buffer.from([0xff, 0xfe]), data: 'x' }),
  },
  { name: '2 MB of padding', code: malformed, build: () => buildTar([good], Buffer.alloc(2_097_152)) },
  { name: 'a declared size of 8 GB', code: over, build: tar({ name: 'a', size: 0o77777777777 }) },
  {
    name: 'a tar.gz of 400 MB of zeros',
    code: over,
    build: () => gzippedZeros(buildMember({ name: 'a', size: 400 * 1_048_576 }), 400),
  },
  {
    name: 'a tar.gz beyond the ratio',
    code: over,
    build: () => gzippedZeros(buildMember({ name: 'a', size: 90 * 1_048_576 }), 90),
  },
  { name: 'a tar.gz of endless padding', code: malformed, build: () => gzippedZeros(buildTar([good]), 300) },
  {
    name: 'a million of extended headers',
    code: over,
    build: () => gzipSync(Buffer.concat(new Array(40_000).fill(buildMember({ name: 'g', type: 'g' })))),
  },
  {
    name: '1,500 empty files, where 1,000 are allowed',
    code: over,
    build: () => gzipSync(buildTar(Array.from({ length: 1_500 }, (_, index) => ({ name: `f${index}` })))),
    options: { maxFiles: 1_000 },
  },
  {
    name: 'an extended header of 2 MB',
    code: malformed,
    build: tar({ name: 'x', type: 'x', data: Buffer.alloc(2_097_152, 0x31) }, good),
  },
  { name: 'a path of 30 folders', code: over, build: tar({ name: `${'d/'.repeat(30)}f`, data: 'x' }) },
  {
    name: 'a second gzip member',
    code: malformed,
    build: () => Buffer.concat([gzipSync(buildTar([good])), gzipSync(buildTar([good]))]),
  },
  {
    name: 'bytes behind the gzip member',
    code: malformed,
    build: () => Buffer.concat([gzipSync(buildTar([good])), bytes('<?php')]),
  },
  {
    name: 'a gzip file with a wrong checksum',
    code: malformed,
    build: () => damaged(gzipSync(buildTar([good])), -6),
  },
  {
    name: 'a gzip file with a wrong length',
    code: malformed,
    build: () => damaged(gzipSync(buildTar([good])), -2),
  },
  {
    name: 'a gzip file that is cut off',
    code: malformed,
    build: () => gzipSync(buildTar([good])).subarray(0, -12),
  },
  {
    name: 'reserved flags of gzip',
    code: malformed,
    build: () => damaged(gzipSync(buildTar([good])), 3, 0xe0),
  },
  {
    name: 'a gzip name without an end',
    code: malformed,
    build: () => Buffer.concat([bytes('\x1f\x8b\x08\x08\0\0\0\0\0\x03'), Buffer.alloc(90_000, 0x41)]),
  },
];

/** A member whose header is the content of another one, for readers that lose step. */
function buildable(): BuiltMember {
  return { name: 'evil.sh', data: 'x' };
}

function damaged(archive: Buffer, at: number, value = 0x5a): Buffer {
  const copy = Buffer.from(archive);
  copy[at < 0 ? copy.length + at : at] = value;
  return copy;
}
