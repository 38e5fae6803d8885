import { randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isInside } from '../project/read-inside.ts';
import { type Bytes, encodeFiles, KeptFiles } from './kept-files.ts';
import type { PartCache } from './part-cache.ts';
import type { PartResult } from './scan-part.ts';

/** Results that are kept. Beyond this number or size, the least recently used ones are deleted. */
const mostEntries = 400;
const mostBytes = 300_000_000;

/** Files of smaller parts are parsed as fast as they are decoded; larger parts would fill the disk. */
const leastTexts = 100_000;
const mostTexts = 10_000_000;

/**
 * Caches results on disk between runs. The folder must be private to the user and outside the project. Otherwise a file in
 * the project, or another user, could control what is reported. Read and write errors are treated as a missing entry.
 * @param buildId distinguishes builds of the scanner, which may report different findings
 * @param project the real path of the scanned folder
 * @returns undefined if the folder can't be private to the user, or is in the project
 */
export function openDiskCache(folder: string, buildId: string, project: string): PartCache | undefined {
  const own = join(folder, buildId.slice(0, 16));
  if (isInside(project, resolve(folder)) || !makePrivate(folder) || !makePrivate(own)) return undefined;
  // A symbolic link may lead into the project.
  if (isInside(project, realpathSync(own))) return undefined;
  let isTrimmed = false;
  const read = <T>(name: string, decode: (file: string) => T | undefined): T | undefined => {
    try {
      const file = join(own, name);
      const it = decode(file);
      if (it === undefined) return undefined;
      const now = new Date();
      utimesSync(file, now, now);
      return it;
    } catch {
      return undefined;
    }
  };
  const write = (name: string, pieces: Iterable<string | Buffer>): void => {
    const file = join(own, name);
    const written = `${file}.${randomUUID()}.new`;
    try {
      writePieces(written, pieces);
      renameSync(written, file);
      if (!isTrimmed) trim(folder);
      isTrimmed = true;
    } catch {
      // The disk is full or read-only. The next scan only takes longer.
      rmSync(written, { force: true });
    }
  };
  return {
    result: (_, key) => read(`${key}.json`, decodeResult),
    files: (name) => read(`${name}.files`, (file) => KeptFiles.decode(bytesOf(file))),
    keep: (name, scanned) => {
      write(`${scanned.key}.json`, [JSON.stringify(scanned.result)]);
      const size = scanned.files.reduce((sum, { text }) => sum + text.length, 0);
      if (size >= leastTexts && size <= mostTexts) write(`${name}.files`, encodeFiles(scanned));
    },
    endScan: () => {},
  };
}

function writePieces(path: string, pieces: Iterable<string | Buffer>): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** The file may be replaced before it is read, so each piece has a checksum. */
function bytesOf(path: string): Bytes {
  const read = (at: number, length: number): Buffer => {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, at));
    } finally {
      closeSync(file);
    }
  };
  return { size: statSync(path).size, read };
}

/** The user's cache folder by the convention of the platform. `BULWARK_CACHE_DIR` overrides it. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const given = env['BULWARK_CACHE_DIR'];
  if (given) return given;
  const home = homedir();
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : absolute(env['XDG_CACHE_HOME']) || join(home, '.cache');
  return join(base, 'bulwark-scan');
}

/** The XDG specification ignores relative paths. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** A file that was truncated or edited must not end a scan. */
function decodeResult(file: string): PartResult | undefined {
  const it: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isResult(it) ? it : undefined;
}

function isResult(it: unknown): it is PartResult {
  if (typeof it !== 'object' || it === null) return false;
  const { findings, commented, notices, cuts, isLinked, lines } = it as Record<keyof PartResult, unknown>;
  return (
    [findings, commented, notices, cuts].every(Array.isArray) &&
    typeof isLinked === 'boolean' &&
    typeof lines === 'number'
  );
}

function makePrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!process.getuid) return true;
    const { uid, mode } = statSync(folder);
    return uid === process.getuid() && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/** Deletes the oldest entries, including those of other builds. */
function trim(folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((build) => build.isDirectory())
    .flatMap((build) => readdirSync(join(folder, build.name)).map((name) => join(folder, build.name, name)))
    .map((file) => ({ file, stat: statSync(file) }))
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
  let bytes = 0;
  entries.forEach(({ file, stat }, i) => {
    bytes += stat.size;
    if (i >= mostEntries || bytes > mostBytes) rmSync(file, { force: true });
  });
}
