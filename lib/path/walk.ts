import { mkdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry, Folder, Ground } from './ground.ts';
import type { Links } from './link-options.ts';
import { linkTarget } from './link-target.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { codeOf, systemError } from './system-error.ts';
import { refuseLink, Trail } from './trail.ts';

/** As in the kernel (MAXSYMLINKS). */
const mostLinks = 40;
const mostSteps = 1_024;
/** If somebody keeps swapping a link and a directory, it may be a directory when read and a link when entered. */
const mostSwaps = 8;

export interface WalkOptions {
  readonly links: Links;
  /** The mode of missing directories to make. */
  readonly folderMode?: number | undefined;
}

/** The directory of the last name, which the caller closes. In it, `folder.at(name)` is the name itself, not the target of a link. */
export function walkToFolder(ground: Ground, path: SafePath, options: WalkOptions): Promise<Folder> {
  return walk(ground, path, options, async (trail, name) => {
    if (name === '.') throw systemError('EISDIR', 'illegal operation on a directory', 'open', path.absolute);
    return trail.take();
  });
}

/** What the path leads to. The caller closes it. */
export function walkToEntry(ground: Ground, path: SafePath, options: WalkOptions): Promise<Entry> {
  return walk(ground, path, options, async ({ top }, name) => {
    const entry = await ground.find(top, name);
    if (!entry.stats.isSymbolicLink()) return entry;
    await entry.close();
    return undefined;
  });
}

/** The directory that the path leads to. The caller closes it. */
export function walkIntoFolder(ground: Ground, path: SafePath, options: WalkOptions): Promise<Folder> {
  return walk(ground, path, options, async (trail, name) =>
    name === '.' ? trail.take() : enterOrMake(ground, trail.top, name, options.folderMode),
  );
}

/** What to do with the last name. Undefined means that it is a link to follow. */
type Arrive<T> = (trail: Trail, name: string) => Promise<T | undefined>;

async function walk<T>(ground: Ground, path: SafePath, options: WalkOptions, arrive: Arrive<T>): Promise<T> {
  const { base, legs } = routeOf(path);
  const trail = new Trail(path, await ground.enterRoot(base));
  try {
    const walker = new Walker(ground, path, options, trail);
    let floor = base;
    for (const leg of legs.slice(0, -1)) {
      await walker.follow(leg, floor, (_, name) => walker.pass(name));
      trail.raiseFloor();
      floor = join(floor, ...leg);
    }
    return await walker.follow(legs.at(-1) ?? [], floor, arrive);
  } finally {
    await trail.close();
  }
}

/** Resolves links itself, because the system would follow them anywhere. */
class Walker {
  readonly #ground: Ground;
  readonly #path: SafePath;
  readonly #options: WalkOptions;
  readonly #trail: Trail;
  #links = 0;
  #steps = 0;
  #swaps = 0;

  constructor(ground: Ground, path: SafePath, options: WalkOptions, trail: Trail) {
    this.#ground = ground;
    this.#path = path;
    this.#options = options;
    this.#trail = trail;
  }

  async follow<T>(names: readonly string[], floor: string, arrive: Arrive<T>): Promise<T> {
    const pending = names.toReversed();
    for (;;) {
      if (++this.#steps > mostSteps) refuseLink(this.#path, `more than ${mostSteps} steps`);
      const name = pending.pop() ?? '.';
      if (name === '..') {
        await this.#trail.up();
        continue;
      }
      const isLast = pending.length === 0;
      const arrived = isLast ? await arrive(this.#trail, name) : await this.pass(name);
      if (arrived === undefined) pending.push(...(await this.#targetOf(name, floor)).toReversed());
      else if (isLast) return arrived as T;
    }
  }

  /** Enters a directory; undefined for a link. */
  async pass(name: string): Promise<true | undefined> {
    if (name === '.') return true;
    const folder = await enterOrMake(this.#ground, this.#trail.top, name, this.#options.folderMode);
    if (folder === undefined) return undefined;
    this.#trail.push(folder);
    return true;
  }

  /** The names that a link stands for. */
  async #targetOf(name: string, floor: string): Promise<readonly string[]> {
    const { top } = this.#trail;
    let target: string;
    try {
      target = await readlink(top.at(name));
    } catch (error) {
      if (codeOf(error) !== 'EINVAL') throw error;
      // Not a link: a file where a directory should be, or a directory by now.
      if (++this.#swaps > mostSwaps)
        throw systemError('ENOTDIR', 'not a directory', 'open', this.#path.absolute);
      return [name];
    }
    if (this.#options.links === 'refuse') refuseLink(this.#path, 'a symbolic link');
    if (++this.#links > mostLinks) refuseLink(this.#path, `more than ${mostLinks} links`);
    const found = linkTarget(target, [floor, await this.#trail.floor.where()]);
    if (found === undefined) refuseLink(this.#path, 'leads out of the directory');
    if (found.fromFloor) await this.#trail.toFloor();
    return found.names;
  }
}

async function enterOrMake(
  ground: Ground,
  parent: Folder,
  name: string,
  mode: number | undefined,
): Promise<Folder | undefined> {
  try {
    return await enter(ground, parent, name);
  } catch (error) {
    if (mode === undefined || codeOf(error) !== 'ENOENT') throw error;
  }
  // Not as a record: a polluted prototype would make it recursive.
  await mkdir(parent.at(name), mode).catch((error: unknown) => {
    // Another process was faster.
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  return enter(ground, parent, name);
}

/** Undefined if it is not a directory, such as a link to one. */
async function enter(ground: Ground, parent: Folder, name: string): Promise<Folder | undefined> {
  try {
    return await ground.enter(parent, name);
  } catch (error) {
    if (['ENOTDIR', 'ELOOP'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
