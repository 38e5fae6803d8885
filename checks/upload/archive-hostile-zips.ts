import { crc32, deflateRawSync, constants as zlib } from 'node:zlib';
import type { HostileArchive } from './archive-hostile.ts';
import { type BuiltEntry, buildZip, descriptor, extraField } from './archive-zip-builder.ts';

const good: BuiltEntry = { name: 'good.txt', data: 'good' };
const mebibyte = 1_048_576;

/** A deflate stream of so many mebibytes of zeros: the same kilobyte again and again, because compressing them would take long. */
function deflatedZeros(mebibytes: number): Buffer {
  const flushed = deflateRawSync(Buffer.alloc(mebibyte), { finishFlush: zlib.Z_FULL_FLUSH });
  return Buffer.concat([...new Array(mebibytes).fill(flushed), deflateRawSync(Buffer.alloc(0))]);
}

const inner = buildZip([good]);
const shared: BuiltEntry = { name: 'kernel', raw: deflatedZeros(4), method: 8, crc: 0, bytes: 4 * mebibyte };
const wide = (...values: bigint[]): Buffer => {
  const data = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) data.writeBigUInt64LE(value, 8 * index);
  return extraField(1, data);
};
const unicodePath = (name: string, header: string): Buffer => {
  const data = Buffer.alloc(5);
  data[0] = 1;
  data.writeUInt32LE(crc32(header), 1);
  return extraField(0x7075, Buffer.concat([data, Buffer.from(name)]));
};
const zip =
  (...entries: BuiltEntry[]): (() => Buffer) =>
  () =>
    buildZip(entries);
const malformed = 'archive/malformed';
const forbidden = 'archive/forbidden-entry';
const unsafe = 'archive/unsafe-name';
const over = 'archive/over-limit';

export const hostileZips: readonly HostileArchive[] = [
  {
    name: 'traversal (Zip Slip, CVE-2018-1002200)',
    code: unsafe,
    build: zip(good, { name: '../../evil.sh', data: 'x' }),
  },
  { name: 'traversal in the middle', code: unsafe, build: zip({ name: 'a/../../evil.sh', data: 'x' }) },
  {
    name: 'traversal with backslashes (CVE-2018-1002205)',
    code: unsafe,
    build: zip({ name: '..\\..\\evil.sh', data: 'x' }),
  },
  { name: 'an absolute path', code: unsafe, build: zip({ name: '/etc/cron.d/evil', data: 'x' }) },
  { name: 'a drive letter', code: unsafe, build: zip({ name: 'C:/Windows/evil.dll', data: 'x' }) },
  { name: 'a NUL in the name', code: unsafe, build: zip({ name: 'a.txt\0.php', data: 'x' }) },
  { name: 'a Windows device', code: unsafe, build: zip({ name: 'logs/CON.txt', data: 'x' }) },
  { name: 'an alternate data stream', code: unsafe, build: zip({ name: 'a.txt:evil.exe', data: 'x' }) },
  { name: 'an encoded traversal', code: unsafe, build: zip({ name: '%2e%2e/evil.sh', data: 'x' }) },
  { name: 'an empty name', code: unsafe, build: zip({ name: '', data: 'x' }) },
  {
    name: 'a symbolic link (CVE-2021-32803)',
    code: forbidden,
    build: zip({ name: 'out', data: '/etc', mode: 0o120777 }, { name: 'out/passwd', data: 'x' }),
  },
  {
    name: 'a symbolic link said to be made on MS-DOS',
    code: forbidden,
    build: zip({ name: 'out', data: '/etc', mode: 0o120777, host: 0 }),
  },
  { name: 'a FIFO', code: forbidden, build: zip({ name: 'pipe', mode: 0o010644 }) },
  { name: 'a device', code: forbidden, build: zip({ name: 'null', mode: 0o020666 }) },
  { name: 'an encrypted entry', code: forbidden, build: zip({ name: 'a', data: 'x', flags: 1 }) },
  {
    name: 'an unknown compression method',
    code: forbidden,
    build: zip({ name: 'a', data: 'x', method: 14 }),
  },
  {
    name: 'an archive in an archive (42.zip)',
    code: forbidden,
    build: zip({ name: 'lib 0.zip', data: inner, method: 8 }),
  },
  {
    name: 'an archive that holds its own beginning (r.zip)',
    code: forbidden,
    build: zip({ name: 'r/r.zip', data: buildZip([{ name: 'r/r.zip', data: inner }]) }),
  },
  {
    name: 'a gz in an archive',
    code: forbidden,
    build: zip({ name: 'a.bin', data: Buffer.from('1f8b0800000000000003', 'hex') }),
  },
  {
    name: 'two entries of one name',
    code: 'archive/duplicate-name',
    build: zip({ name: 'a.txt', data: '1' }, { name: 'a.txt', data: '2' }),
  },
  {
    name: 'two names that differ in case',
    code: 'archive/duplicate-name',
    build: zip({ name: 'Config.json' }, { name: 'config.JSON' }),
  },
  {
    name: 'two names that differ in Unicode form (CVE-2021-37712)',
    code: 'archive/duplicate-name',
    build: zip({ name: 'caf\u00e9' }, { name: 'cafe\u0301' }),
  },
  {
    name: 'sharp s beside SS (CVE-2026-23950)',
    code: 'archive/duplicate-name',
    build: zip({ name: 'stra\u00dfe' }, { name: 'STRASSE' }),
  },
  {
    name: 'a file that is a folder too (CVE-2021-37701)',
    code: 'archive/duplicate-name',
    build: zip({ name: 'a', data: 'x' }, { name: 'a/b', data: 'x' }),
  },
  {
    name: 'a folder that is a file later',
    code: 'archive/duplicate-name',
    build: zip({ name: 'a/b', data: 'x' }, { name: 'A', data: 'x' }),
  },
  {
    name: 'another name in the local header',
    code: malformed,
    build: zip({ name: 'a.txt', data: 'x', local: { name: Buffer.from('b.php') } }),
  },
  {
    name: 'another method in the local header',
    code: malformed,
    build: zip({ name: 'a.txt', data: 'x', local: { method: 8 } }),
  },
  {
    name: 'other sizes in the local header',
    code: malformed,
    build: zip({ name: 'a.txt', data: 'xx', local: { compressed: 1, bytes: 1 } }),
  },
  {
    name: 'another checksum in the local header',
    code: malformed,
    build: zip({ name: 'a.txt', data: 'x', local: { crc: 1 } }),
  },
  {
    name: 'encrypted in the local header only',
    code: malformed,
    build: zip({ name: 'a.txt', data: 'x', local: { flags: 0x0801 } }),
  },
  {
    name: 'no local header',
    code: malformed,
    build: zip(good, { name: 'a.txt', data: 'x', local: { signature: 0 } }),
  },
  {
    name: 'two entries over one content (Fifield, full overlap)',
    code: malformed,
    build: zip(shared, { ...shared, name: 'b', centralOnly: true, central: { start: 0 } }),
  },
  {
    name: 'a content over the following header (Fifield, quoted overlap)',
    code: malformed,
    build: () => {
      const second = buildZip([{ name: 'b', data: 'kernel' }]).subarray(0, 37);
      const quoting = Buffer.concat([
        Buffer.from([0, second.length, 0, ~second.length & 0xff, 0xff]),
        second,
      ]);
      const raw = quoting.subarray(0, 5);
      return buildZip([
        {
          name: 'a',
          raw,
          method: 8,
          crc: 0,
          bytes: second.length,
          compressed: quoting.length,
          local: { compressed: quoting.length },
        },
        { name: 'b', data: 'kernel' },
      ]);
    },
  },
  {
    name: 'a local header that the directory does not know',
    code: malformed,
    build: zip({ name: 'hidden.php', data: 'x', localOnly: true }, good),
  },
  {
    name: 'hidden bytes between entries',
    code: malformed,
    build: zip({ ...good, after: Buffer.from('hidden') }, { name: 'b', data: 'x' }),
  },
  {
    name: 'hidden bytes before the directory',
    code: malformed,
    build: () => buildZip([good], { between: Buffer.from('hidden') }),
  },
  {
    name: 'hidden bytes after the directory',
    code: malformed,
    build: () => buildZip([good], { afterDirectory: Buffer.from('hidden') }),
  },
  {
    name: 'bytes after the end',
    code: malformed,
    build: () => buildZip([good], { after: Buffer.from('<?php') }),
  },
  {
    name: 'two archives, one after the other',
    code: malformed,
    build: () => Buffer.concat([inner, buildZip([{ name: 'evil.php', data: 'x' }])]),
  },
  {
    name: 'an end record in the comment',
    code: malformed,
    build: () => buildZip([good], { comment: inner.subarray(-22) }),
  },
  {
    name: 'two end records that both end the file',
    code: malformed,
    build: () =>
      buildZip([good], {
        between: Buffer.concat([
          Buffer.from('PK\x05\x06', 'latin1'),
          Buffer.alloc(16),
          Buffer.from([0x4d, 0]),
        ]),
      }),
  },
  {
    name: 'in front of it a GIF (GIFAR)',
    code: 'archive/unknown-format',
    build: () => Buffer.concat([Buffer.from('GIF89a'), inner]),
  },
  {
    name: 'an end record alone that counts an entry',
    code: malformed,
    build: () => buildZip([], { entries: 1 }),
  },
  {
    name: 'fewer entries counted than there are',
    code: malformed,
    build: () => buildZip([good, { name: 'b' }], { entries: 1 }),
  },
  { name: 'more disks', code: malformed, build: () => buildZip([good], { disk: 1 }) },
  { name: 'cut off', code: malformed, build: () => inner.subarray(0, inner.length - 30) },
  { name: 'a name cut by its length', code: malformed, build: () => buildZip([good], { size: 20 }) },
  {
    name: 'more declared than inflated (adm-zip, CVE-2026-39244)',
    code: over,
    build: zip({ name: 'a', raw: Buffer.from([3, 0]), method: 8, crc: 0, bytes: 0xfffffffe }),
  },
  {
    name: 'saturated sizes without a zip64 field (fflate, CVE-2026-45820)',
    code: malformed,
    build: zip({ name: 'a', data: 'x', compressed: 0xffffffff, bytes: 0xffffffff, method: 8 }),
  },
  {
    name: 'a zip64 size beyond 2^53',
    code: malformed,
    build: zip({
      name: 'a',
      data: 'x',
      compressed: 0xffffffff,
      bytes: 0xffffffff,
      extra: wide(2n ** 60n, 2n ** 60n),
    }),
  },
  {
    name: 'a zip64 field that says otherwise',
    code: malformed,
    build: zip({ name: 'a', data: 'x', extra: wide(2n, 1n) }),
  },
  {
    name: 'a zip64 field twice',
    code: malformed,
    build: zip({ name: 'a', data: 'x', extra: Buffer.concat([wide(1n, 1n), wide(1n, 1n)]) }),
  },
  {
    name: 'an extra field that is too long',
    code: malformed,
    build: zip({ name: 'a', data: 'x', extra: Buffer.from([1, 0, 99, 0]) }),
  },
  {
    name: 'a Unicode path that says otherwise',
    code: malformed,
    build: zip({ name: Buffer.from('a.txt'), data: 'x', extra: unicodePath('../evil.php', 'a.txt') }),
  },
  {
    name: 'a Unicode path in the local header only',
    code: malformed,
    build: zip({ name: Buffer.from('a.txt'), data: 'x', local: { extra: unicodePath('evil.php', 'a.txt') } }),
  },
  {
    name: 'a name that is not the UTF-8 it claims',
    code: malformed,
    build: zip({ name: Buffer.from([0xc0, 0xae, 0x41]), flags: 0x0800 }),
  },
  {
    name: 'more inflated than declared',
    code: malformed,
    build: zip({ name: 'a', raw: deflatedZeros(16), method: 8, crc: 0, bytes: 100 }),
  },
  {
    name: 'less inflated than declared',
    code: malformed,
    build: zip({ name: 'a', data: 'x', method: 8, bytes: 2 }),
  },
  {
    name: 'bytes behind the end of a deflate stream',
    code: malformed,
    build: zip({
      name: 'a',
      raw: Buffer.concat([deflateRawSync('x'), Buffer.from('hidden')]),
      method: 8,
      crc: crc32('x'),
      bytes: 1,
    }),
  },
  {
    name: 'a broken deflate stream',
    code: malformed,
    build: zip({ name: 'a', raw: Buffer.from([0xff, 0xff, 0xff]), method: 8, bytes: 3 }),
  },
  { name: 'a wrong checksum', code: malformed, build: zip({ name: 'a', data: 'x', crc: 7 }) },
  {
    name: 'a data descriptor that says otherwise',
    code: malformed,
    build: zip({ name: 'a', data: 'x', flags: 0x0808, after: descriptor(crc32('x'), 1, 2) }),
  },
  {
    name: 'a data descriptor that is missing',
    code: malformed,
    build: zip({ name: 'a', data: 'x', flags: 0x0808 }),
  },
  {
    name: 'a version that there is not',
    code: malformed,
    build: zip({ name: 'a', data: 'x', version: 255 }),
  },
  { name: 'a folder with content', code: malformed, build: zip({ name: 'a/', data: 'hidden' }) },
  {
    name: 'a file said to be a folder',
    code: malformed,
    build: zip({ name: 'a', data: 'x', mode: 0o040755 }),
  },
  {
    name: 'a bomb of 200 MB',
    code: over,
    build: zip({ name: 'a', raw: deflatedZeros(200), method: 8, crc: 0, bytes: 200 * mebibyte }),
  },
  {
    name: 'a bomb within the size, beyond the ratio',
    code: over,
    build: zip({ name: 'a', raw: deflatedZeros(64), method: 8, crc: 0, bytes: 64 * mebibyte }),
  },
  {
    name: '20,000 entries',
    code: over,
    build: () => buildZip(Array.from({ length: 20_000 }, (_, index) => ({ name: `f${index}` }))),
  },
  {
    name: 'entries that only the end record counts',
    code: over,
    build: () => buildZip([good], { entries: 65_534 }),
  },
  {
    name: '1,000 files in 15,000 folders',
    code: over,
    build: () =>
      buildZip(
        Array.from({ length: 1_000 }, (_, index) => ({
          name: `${Array.from({ length: 15 }, (_, level) => `${index}-${level}`).join('/')}/f`,
        })),
      ),
  },
  { name: 'a path of 30 folders', code: over, build: zip({ name: `${'d/'.repeat(30)}f`, data: 'x' }) },
  { name: 'a name of 60,000 bytes', code: over, build: zip({ name: 'n'.repeat(60_000), data: 'x' }) },
];
