import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../../../finding/visible.ts';
import { isInside } from '../../../scan/project/read-inside.ts';
import type { Subject } from '../../subject/subject.ts';
import { trackedPaths } from '../../subject/tracked-paths.ts';
import { findSecrets } from '../find/find-secrets.ts';
import type { FoundSecret } from '../find/found-secret.ts';
import { mostBytes, unsearched } from '../unsearched.ts';

export interface TreeSecret extends FoundSecret {
  readonly path: string;
  readonly line: number;
  /** Git does not have the file, and does not ignore it: the next `git add` takes it. */
  readonly isUntracked: boolean;
}

interface TreeSearch {
  readonly secrets: readonly TreeSecret[];
  readonly files: number;
  /** What was not searched, as sentences. */
  readonly gaps: readonly string[];
}

const mostSecrets = 1000;
const mostFiles = 200_000;
const mostTotal = 4_000_000_000;

/** Searches all files under version control, also those that `.gitignore` names, and those that git does not ignore. */
export function searchTree({ root, paths }: Pick<Subject, 'root' | 'paths'>): TreeSearch {
  const tracked = trackedPaths(root) ?? [];
  const known = new Set(tracked);
  const all = [...new Set([...paths, ...tracked])];
  const secrets: TreeSecret[] = [];
  const gaps: string[] = [];
  let files = 0;
  let total = 0;
  for (const path of all.slice(0, mostFiles)) {
    const bytes = bytesOf(root, path);
    if (bytes === undefined) continue;
    const gap = typeof bytes === 'string' ? bytes : unsearched(path, bytes.length);
    if (gap !== undefined || typeof bytes === 'string') {
      gaps.push(gap ?? '');
      continue;
    }
    total += bytes.length;
    if (total > mostTotal) {
      gaps.push('The files together are larger than what is searched.');
      break;
    }
    files++;
    for (const found of findSecrets(path, bytes)) {
      const isUntracked = known.size > 0 && !known.has(path);
      if (secrets.length < mostSecrets)
        secrets.push({ ...found, path, line: lineOf(bytes, found.at), isUntracked });
    }
  }
  if (all.length > mostFiles) gaps.push(`Only the first ${mostFiles} files were searched.`);
  if (secrets.length >= mostSecrets)
    gaps.push(`More than ${mostSecrets} secrets were found; the others are not listed.`);
  return { secrets, files, gaps };
}

/** `undefined` for what is no file: a link holds none of the text that it leads to. A sentence for what can't be read. */
function bytesOf(root: string, path: string): Buffer | string | undefined {
  let descriptor: number | undefined;
  const file = join(root, path);
  try {
    if (!lstatSync(file).isFile()) return undefined;
  } catch {
    // Git has it, and the work tree no longer does: the history has it.
    return undefined;
  }
  try {
    if (!isInside(root, realpathSync(file))) return undefined;
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return undefined;
    if (stat.size > mostBytes) return unsearched(path, stat.size);
    return decoded(readFileSync(descriptor));
  } catch {
    return `A file could not be read: ${visible(path)}.`;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Text in UTF-16 has a null byte beside each letter. */
function decoded(bytes: Buffer): Buffer {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return bytes;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.toString('utf16le'), 'utf8');
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(Buffer.from(bytes).swap16().toString('utf16le'), 'utf8');
  return bytes;
}

function lineOf(bytes: Buffer, at: number): number {
  let line = 1;
  for (let end = bytes.indexOf(10); end >= 0 && end < at; end = bytes.indexOf(10, end + 1)) line++;
  return line;
}
