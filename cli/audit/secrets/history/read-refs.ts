import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GitFolder } from './git-folder.ts';

const mostRefs = 200_000;
const mostText = 50_000_000;
const mostDepth = 20;
const id = /\b[\da-f]{64}\b|\b[\da-f]{40}\b/g;

/**
 * What branches, tags, stashes, notes and the heads of all work trees name. `undefined` if there is more than is read, or a file of refs
 * can't be.
 */
export function readRefs({ own, shared }: GitFolder): ReadonlySet<string> | undefined {
  const ids = new Set<string>();
  const files = [
    join(own, 'HEAD'),
    join(shared, 'HEAD'),
    join(shared, 'packed-refs'),
    join(shared, 'logs', 'refs', 'stash'),
  ];
  for (const { name } of entriesOf(join(shared, 'worktrees')))
    files.push(join(shared, 'worktrees', name, 'HEAD'));
  const open = [{ path: join(shared, 'refs'), depth: 0 }];
  for (let folder = open.pop(); folder; folder = open.pop()) {
    if (folder.depth > mostDepth || files.length > mostRefs) return undefined;
    for (const entry of entriesOf(folder.path)) {
      const path = join(folder.path, entry.name);
      if (entry.isDirectory()) open.push({ path, depth: folder.depth + 1 });
      else files.push(path);
    }
  }
  for (const file of files) {
    const text = textOf(file);
    if (text === undefined) return undefined;
    for (const [found] of text.matchAll(id)) if (!/^0+$/.test(found)) ids.add(found);
    if (ids.size > mostRefs) return undefined;
  }
  return ids;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** An empty text for a file that is not there, `undefined` for one that can't be read. */
function textOf(file: string): string | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() && stat.size <= mostText ? readFileSync(file, 'latin1') : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined;
  }
}
