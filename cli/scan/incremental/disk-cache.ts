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

/** More than so many results, or so many bytes, are not kept: those go that were not used for the longest time. */
const mostEntries = 400;
const mostBytes = 300_000_000;

/** The files of a smaller part are read as fast as what was read of them; those of a larger one would fill the disk. */
const leastTexts = 100_000;
const mostTexts = 10_000_000;

/**
 * Keeps results on the disk from one run to the next. It lies in the user's own folder, never in the project: what a
 * branch brings must not say what is found in it. For the same reason it is not used where others may write.
 * What can't be read or written is as if it were not there.
 *
 * @param buildId tells builds of the scanner apart, which may find different things in the same files
 * @param project the real path of the folder that is scanned
 * @returns undefined where there is no folder that is the user's alone, and none that lies in the project
 */
export function openDiskCache(folder: string, buildId: string, project: string): PartCache | undefined {
  const own = join(folder, buildId.slice(0, 16));
  if (isInside(project, resolve(folder)) || !makePrivate(folder) || !makePrivate(own)) return undefined;
  // A link may lead into the project.
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
      // A full disk, or one that can't be written: the next scan takes longer, that is all.
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

/** What it holds may be another file's by the time that it is read: each piece has its sum. */
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

/** Where the user's programs keep what they can make again; `BULWARK_CACHE_DIR` names another place. */
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

/** The specification of these variables has others ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** A file that was cut off, or changed by hand, must not end a scan. */
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

/** Takes the oldest away, of other builds too. */
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
