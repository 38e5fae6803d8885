import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { findProgram } from '../machine/program.ts';
import { buildTar, paxHeader } from './archive-tar-builder.ts';
import { treeFiles, writeTree } from './archive-tree.ts';
import { buildZip, descriptor, extraField } from './archive-zip-builder.ts';

export interface OrdinaryArchive {
  readonly name: string;
  readonly file: string;
  readonly files: Readonly<Record<string, Buffer>>;
}

export interface OrdinarySource {
  readonly name: string;
  /** A program that it takes. */
  readonly needs?: string;
  /** All of the tree, unless it says otherwise. */
  readonly files?: Readonly<Record<string, Buffer>>;
  /** Writes the archive of `tree` to `file`. */
  readonly make: (file: string, tree: string, python: string) => void | Promise<void>;
}

const python = (name: string, file: string, files?: OrdinarySource['files']): OrdinarySource => ({
  ...{ name: `${name}, of Python`, needs: 'python3', ...(files && { files }) },
  make: (to, _, folder) => writeFileSync(to, readFileSync(join(folder, file))),
});

function run(tree: string, program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: tree, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

const tar = (name: string, ...args: string[]): OrdinarySource => ({
  ...{ name: `tar ${name}`, needs: 'tar' },
  make: (file, tree) => run(tree, 'tar', ...args, '-cf', file, '.'),
});
const zip = (name: string, ...args: string[]): OrdinarySource => ({
  ...{ name: `zip ${name}`, needs: 'zip' },
  make: (file, tree) => run(tree, 'zip', '-q', '-r', ...args, file, '.'),
});

/** Names that every format has, in headers of fixed length too. */
const short = Object.fromEntries(Object.entries(treeFiles).filter(([name]) => name.length < 90));
const withoutHidden = { 'a.txt': Buffer.from('a'), 'b/c.txt': Buffer.from('c') };
const gitFolder = (tree: string): string => {
  const folder = join(tree, '..', 'repository');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  writeTree(folder);
  const as = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  run(folder, 'git', 'init', '-q');
  run(folder, 'git', 'add', '.');
  run(folder, 'git', ...as, 'commit', '-q', '-m', 'First');
  return folder;
};
const git = (format: string): OrdinarySource => ({
  ...{ name: `git archive ${format}`, needs: 'git' },
  make: (file, tree) => run(gitFolder(tree), 'git', 'archive', `--format=${format}`, '-o', file, 'HEAD'),
});
const byHand = (name: string, files: Record<string, string>, build: () => Buffer): OrdinarySource => ({
  ...{
    name,
    files: Object.fromEntries(Object.entries(files).map(([key, text]) => [key, Buffer.from(text)])),
  },
  make: (file) => writeFileSync(file, build()),
});

const streamed = deflateRawSync('streamed');
const doubled = { local: { crc: 0, compressed: 0, bytes: 0 }, flags: 0x0808 };
const timestamps = extraField(0x5455, Buffer.from([1, 0, 0, 0, 0x60]));

export const ordinarySources: readonly OrdinarySource[] = [
  zip('-r'),
  zip('-0', '-0'),
  zip('-9 -X', '-9', '-X'),
  zip('without folders', '-D'),
  { ...zip('to a pipe'), make: (file, tree) => run(tree, 'sh', '-c', 'zip -q -r - . | cat > "$0"', file) },
  {
    ...zip('from a pipe'),
    files: { '-': Buffer.from('hello\n') },
    make: (file, tree) => run(tree, 'sh', '-c', 'echo hello | zip -q "$0" -', file),
  },
  {
    ...zip('with a comment'),
    make: (file, tree) => run(tree, 'sh', '-c', 'zip -q -r "$0" . && echo remark | zip -q -z "$0"', file),
  },
  {
    ...zip('after a deletion'),
    files: without('readme.txt'),
    make: (file, tree) => run(tree, 'sh', '-c', 'zip -q -r "$0" . && zip -q -d "$0" readme.txt', file),
  },
  zip('with names of UTF-8', '-UN=UTF8'),
  python('a zip', 'python-deflated.zip'),
  python('a zip that is stored', 'python-stored.zip'),
  python('a zip with data descriptors', 'python-streamed.zip'),
  python('a zip with zip64', 'python-zip64.zip'),
  python('a zip with zip64 and data descriptors', 'python-streamed-zip64.zip'),
  python('a zip with a comment', 'python-comment.zip'),
  python('an empty zip', 'python-empty.zip', {}),
  {
    name: 'jar',
    needs: 'jar',
    files: { ...withoutHidden },
    make: (file, tree) => run(jarFolder(tree), 'jar', '--create', '--no-manifest', '--file', file, '.'),
  },
  git('zip'),
  git('tar'),
  git('tar.gz'),
  tar('--format=gnu', '--format=gnu'),
  tar('--format=oldgnu', '--format=oldgnu'),
  tar('--format=pax', '--format=pax'),
  tar('--format=posix with times', '--format=posix', '--pax-option=exthdr.name=%d/PaxHeaders/%f'),
  { ...tar('--format=ustar', '--format=ustar'), files: treeFiles },
  { ...tar('--format=v7', '--format=v7', '--exclude=./long'), files: short },
  tar('-z', '-z'),
  tar('-b 1', '-b', '1'),
  { ...tar('of nothing'), files: {}, make: (file, tree) => run(tree, 'tar', '-cf', file, '-T', '/dev/null') },
  python('a tar of GNU', 'python-gnu.tar'),
  python('a tar of PAX', 'python-pax.tar'),
  python('a tar.gz', 'python.tar.gz'),
  python('an empty tar', 'python-empty.tar', {}),
  python('a gz', 'python.gz', { content: treeFiles['readme.txt'] as Buffer }),
  byHand('a zip of MS-DOS, with names of code page 437', { 'gr\u00fc\u00dfe.txt': 'dos' }, () =>
    buildZip([{ name: Buffer.from('gr\x81\xe1e.txt', 'latin1'), data: 'dos', host: 0, attributes: 0x20 }]),
  ),
  byHand('a zip of macOS, streamed with signatures', { 'a.txt': 'streamed' }, () =>
    buildZip([
      {
        name: 'a.txt',
        data: 'streamed',
        method: 8,
        host: 3,
        ...doubled,
        extra: timestamps,
        after: descriptor(crc32('streamed'), streamed.length, 8),
      },
    ]),
  ),
  byHand('a zip streamed without signatures', { 'a.txt': 'streamed' }, () =>
    buildZip([
      {
        name: 'a.txt',
        data: 'streamed',
        method: 8,
        ...doubled,
        after: descriptor(crc32('streamed'), streamed.length, 8).subarray(4),
      },
    ]),
  ),
  byHand('a zip with a Unicode path that agrees', { 'caf\u00e9.txt': 'x' }, () =>
    buildZip([
      {
        name: Buffer.from('caf\x82.txt', 'latin1'),
        data: 'x',
        extra: agreeing('caf\u00e9.txt', Buffer.from('caf\x82.txt', 'latin1')),
      },
    ]),
  ),
  byHand('a zip with folders that are deflated', { 'a/b.txt': 'x' }, () =>
    buildZip([
      { name: 'a/', method: 8 },
      { name: 'a/b.txt', data: 'x' },
    ]),
  ),
  byHand('a tar of bsdtar, with attributes', { 'caf\u00e9.txt': 'x' }, () =>
    buildTar([
      paxHeader({
        path: 'caf\u00e9.txt',
        'SCHILY.xattr.user.a': '\x01\x02',
        'LIBARCHIVE.creationtime': '1.5',
        mtime: '1.5',
      }),
      { name: 'cafe.txt', data: 'x' },
    ]),
  ),
  byHand('a tar with a global comment', { a: 'x' }, () =>
    buildTar([paxHeader({ comment: 'c0ffee' }, 'g'), { name: 'a', data: 'x' }]),
  ),
  byHand('a tar of setuid files', { su: 'x' }, () => buildTar([{ name: 'su', data: 'x', mode: 0o6777 }])),
  byHand('a tar.gz with a name in its header', { a: 'x' }, () => {
    const plain = gzipSync(buildTar([{ name: 'a', data: 'x' }]));
    return Buffer.concat([Buffer.from('1f8b080800000000000361612e74617200', 'hex'), plain.subarray(10)]);
  }),
];

function without(name: string): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(treeFiles).filter(([key]) => key !== name));
}

function jarFolder(tree: string): string {
  const folder = join(tree, '..', 'classes');
  mkdirSync(join(folder, 'b'), { recursive: true });
  for (const [name, data] of Object.entries(withoutHidden)) writeFileSync(join(folder, name), data);
  return folder;
}

function agreeing(name: string, header: Buffer): Buffer {
  const data = Buffer.alloc(5);
  data[0] = 1;
  data.writeUInt32LE(crc32(header), 1);
  return extraField(0x7075, Buffer.concat([data, Buffer.from(name)]));
}

/** Makes those that this machine has programs for. */
export async function makeOrdinaryArchives(
  folder: string,
): Promise<{ readonly archives: readonly OrdinaryArchive[]; readonly missing: readonly string[] }> {
  const [tree, made] = [join(folder, 'tree'), join(folder, 'python')];
  mkdirSync(made);
  writeTree(tree);
  if (findProgram('python3') !== undefined) {
    execFileSync('python3', [fileURLToPath(new URL('./make-archives.py', import.meta.url)), tree, made]);
  }
  const archives: OrdinaryArchive[] = [];
  const missing: string[] = [];
  for (const [index, { name, needs, files = treeFiles, make }] of ordinarySources.entries()) {
    if (needs !== undefined && findProgram(needs) === undefined) {
      missing.push(name);
      continue;
    }
    const file = join(folder, `archive-${index}`);
    await make(file, tree, made);
    // zip adds its own extension to a name that has none.
    archives.push({ name, file: existsSync(file) ? file : `${file}.zip`, files });
  }
  return { archives, missing };
}
