import { GitFailure, type ObjectReader } from './object-reader.ts';

/** A version of a file, and the first commit that is known to have it. */
export interface Version {
  readonly id: string;
  readonly path: string;
  readonly commit: string;
  readonly size: number;
}

interface History {
  readonly commits: number;
  /** Each content once. */
  readonly versions: readonly Version[];
  readonly submodules: number;
  /** Commits and tags that refs lead to. */
  readonly reachable: ReadonlySet<string>;
  /** Objects that are named and are not there. */
  readonly missing: number;
}

const mostObjects = 5_000_000;
const mostDepth = 200;

/** All commits that refs lead to, all of their folders, and the files in them. */
export async function walkHistory(
  reader: ObjectReader,
  refs: ReadonlySet<string>,
  idBytes: number,
  message: (id: string, bytes: Buffer) => void,
): Promise<History> {
  const sizes = new Map<string, number>();
  const heads: string[] = [];
  let objects = 0;
  await reader.list((id, type, size) => {
    if (++objects > mostObjects) throw new GitFailure('the repository has more objects than are read');
    if (type === 'commit' || type === 'tag') heads.push(id);
    else if (type === 'blob') sizes.set(id, size);
  });
  const named = new Map<string, Named>();
  await reader.read(
    heads,
    ({ id, type, bytes }) => {
      named.set(id, namesIn(type, bytes.toString('latin1')));
      message(id, bytes);
    },
    () => undefined,
  );
  const walk: Walk = {
    sizes,
    trees: new Map(),
    versions: [],
    seen: new Set(),
    submodules: 0,
    missing: 0,
    idBytes,
  };
  const { commits, seen } = reachable(refs, named, walk);
  for (let depth = 0; walk.trees.size > 0; depth++) {
    if (depth > mostDepth) throw new GitFailure('folders are nested too deeply');
    const trees = walk.trees;
    walk.trees = new Map();
    await reader.read(
      [...trees.keys()],
      ({ id, type, bytes }) => {
        if (type === 'tree') readTree(bytes, trees.get(id) as Place, walk);
        else walk.missing++;
      },
      () => walk.missing++,
    );
  }
  return {
    commits,
    reachable: seen,
    versions: walk.versions,
    submodules: walk.submodules,
    missing: walk.missing,
  };
}

interface Named {
  readonly parents: readonly string[];
  readonly tree: string | undefined;
}

interface Place {
  readonly path: string;
  readonly commit: string;
}

interface Walk {
  readonly sizes: ReadonlyMap<string, number>;
  trees: Map<string, Place>;
  readonly versions: Version[];
  readonly seen: Set<string>;
  submodules: number;
  missing: number;
  readonly idBytes: number;
}

function namesIn(type: string, text: string): Named {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const tree = /^tree ([\da-f]+)$/m.exec(head)?.[1];
  const pattern = type === 'tag' ? /^object ([\da-f]+)$/gm : /^parent ([\da-f]+)$/gm;
  return { parents: [...head.matchAll(pattern)].map(([, id = '']) => id), tree };
}

interface Reachable {
  readonly commits: number;
  readonly seen: ReadonlySet<string>;
}

/** Counts the commits, and notes their trees, those of the oldest ones first. A ref may also name a file or a folder. */
function reachable(refs: ReadonlySet<string>, named: ReadonlyMap<string, Named>, walk: Walk): Reachable {
  const seen = new Set(refs);
  // A set goes on with what is added to it.
  for (const id of seen) for (const parent of named.get(id)?.parents ?? []) seen.add(parent);
  let commits = 0;
  for (const id of [...seen].reverse()) {
    const one = named.get(id);
    const size = walk.sizes.get(id);
    if (one === undefined && size !== undefined) addVersion(id, { path: '', commit: id }, size, walk);
    else if (one === undefined) addTree(id, { path: '', commit: id }, walk);
    else if (one.tree !== undefined) {
      commits++;
      addTree(one.tree, { path: '', commit: id }, walk);
    }
  }
  return { commits, seen };
}

function addTree(id: string, place: Place, walk: Walk): void {
  if (walk.seen.has(id)) return;
  walk.seen.add(id);
  walk.trees.set(id, place);
}

function addVersion(id: string, { path, commit }: Place, size: number, walk: Walk): void {
  if (walk.seen.has(id)) return;
  walk.seen.add(id);
  walk.versions.push({ id, path, commit, size });
}

/** Entries of a tree: mode, a space, name, a null byte, id. */
function readTree(bytes: Buffer, { path, commit }: Place, walk: Walk): void {
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const next = end + 1 + walk.idBytes;
    if (space < 0 || end < 0 || next > bytes.length) {
      walk.missing++;
      return;
    }
    const id = bytes.toString('hex', end + 1, next);
    if (bytes[at] === 49 && bytes[at + 1] === 54) walk.submodules++;
    else if (!walk.seen.has(id)) {
      const name = bytes.toString('utf8', space + 1, end);
      const place = { path: path === '' ? name : `${path}/${name}`, commit };
      const size = walk.sizes.get(id);
      if (bytes[at] === 52) addTree(id, place, walk);
      else if (size === undefined) walk.missing++;
      else addVersion(id, place, size, walk);
    }
    at = next;
  }
}
