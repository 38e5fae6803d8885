import { isTarHeader } from './tar-header.ts';

/** The formats that another program might unpack further, by their first bytes. */
const beginnings: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gz', [0x1f, 0x8b, 0x08]],
  ['bz2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zst', [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
];

/** Documents and packages that are technically zips. Programs open them, and don't unpack them any further. */
const documents =
  /\.(?:docx|docm|dotx|xlsx|xlsm|xltx|pptx|pptm|ppsx|vsdx|od[tspgf]|ot[tsp]|epub|kmz|3mf|jar|war|whl|nupkg|vsix|xpi|sketch|fig|pages|numbers|key|svgz|usdz)$/i;

/** The kind of archive that a file is, by its first 512 bytes; undefined for any other file, and for documents that are zips. */
export function archiveKind(start: Buffer, name: string): string | undefined {
  const kind = beginnings.find(([, bytes]) => bytes.every((byte, index) => start[index] === byte))?.[0];
  if (kind === undefined) return start.length >= 512 && isTarHeader(start) ? 'tar' : undefined;
  return (kind === 'zip' || kind === 'gz') && documents.test(name) ? undefined : kind;
}
