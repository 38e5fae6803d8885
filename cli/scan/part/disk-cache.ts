import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isInside } from '../project/read-inside.ts';
import type { PartCache, PartTexts } from './part-cache.ts';
import type { PartResult } from './scan-part.ts';

/** More than so many results, or so many bytes, are not kept: those go that were not used for the longest time. */
const mostEntries = 400;
const mostBytes = 100_000_000;
const mostInflated = 400_000_000;

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
  const read = <T>(
    name: string,
    decode: (bytes: Buffer) => unknown,
    isIt: (it: unknown) => it is T,
  ): T | undefined => {
    try {
      const file = join(own, name);
      const it = decode(readFileSync(file));
      if (!isIt(it)) return undefined;
      const now = new Date();
      utimesSync(file, now, now);
      return it;
    } catch {
      return undefined;
    }
  };
  const write = (name: string, encode: () => string | Buffer): void => {
    try {
      const file = join(own, name);
      const written = `${file}.${randomUUID()}.new`;
      writeFileSync(written, encode(), { mode: 0o600 });
      renameSync(written, file);
      if (!isTrimmed) trim(folder);
      isTrimmed = true;
    } catch {
      // A full disk, or one that can't be written: the next scan takes longer, that is all.
    }
  };
  return {
    get: (key) => read(`${key}.json`, (bytes) => JSON.parse(bytes.toString()), isResult),
    set: (key, result) => write(`${key}.json`, () => JSON.stringify(result)),
    texts: (name) => read(`${name}.texts`, (bytes) => JSON.parse(inflate(bytes)), isTexts),
    setTexts: (name, texts) => write(`${name}.texts`, () => deflate(JSON.stringify(texts))),
  };
}

function deflate(text: string): Buffer {
  return deflateRawSync(text, { level: 1 });
}

/** @throws {RangeError} for more than a project can hold */
function inflate(bytes: Buffer): string {
  return inflateRawSync(bytes, { maxOutputLength: mostInflated }).toString();
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
function isResult(it: unknown): it is PartResult {
  if (typeof it !== 'object' || it === null) return false;
  const { findings, commented, notices, cuts, isLinked, lines } = it as Record<keyof PartResult, unknown>;
  return (
    [findings, commented, notices, cuts].every(Array.isArray) &&
    typeof isLinked === 'boolean' &&
    typeof lines === 'number'
  );
}

function isTexts(it: unknown): it is PartTexts {
  if (typeof it !== 'object' || it === null) return false;
  const { key, texts } = it as Record<keyof PartTexts, unknown>;
  return (
    typeof key === 'string' &&
    /^[\da-f]{64}$/.test(key) &&
    Array.isArray(texts) &&
    texts.every((one) => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string')
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
