import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/** A folder as the code names it: a base folder, and the names of the folders below that. */
export interface Folder {
  /**
   * `here`: the folder of the file with the code. `file`: that file itself. `work`: the working directory. `project`:
   * the root of the project, judging by the name of a variable, such as `BASE_DIR`.
   */
  readonly base: 'root' | 'home' | 'here' | 'file' | 'work' | 'project';
  readonly names: readonly string[];
  /** Number of levels that the folder is above its base. */
  readonly ups: number;
  /** Whether the variable's name may also mean the root folder of a web site: `config.rootPath`. */
  readonly isRoot?: boolean;
}

interface Walk {
  readonly linked: Linked;
  left: number;
}

const maxSteps = 80;

/**
 * Returns the folder that a value names. The value is traced back to literals and known folders, also in other files.
 * Undefined if a part of the path is unknown.
 */
export function folderOf(linked: Linked, place: Place): Folder | undefined {
  return read({ linked, left: maxSteps }, place);
}

function read(walk: Walk, from: Place): Folder | undefined {
  if (walk.left-- <= 0) return undefined;
  const place = madeBy(walk.linked, from);
  const inst = instOf(walk.linked, place);
  const at = (value: ValueId | undefined): Folder | undefined =>
    value === undefined ? undefined : read(walk, { func: place.func, value });
  switch (inst?.op) {
    case 'const':
      return typeof inst.value === 'string' ? ofText(inst.value) : undefined;
    case 'global':
      return named(inst.name);
    case 'import':
      return named(inst.name);
    case 'cell-load': {
      const module = walk.linked.program.functions[place.func]?.module ?? 0;
      return named(walk.linked.program.modules[module]?.cells[inst.cell]?.name ?? '');
    }
    case 'effect':
      return at(inst.value);
    case 'member':
      return ofMember(walk, place, inst.object, inst.name);
    case 'index':
      return ofParents(walk, place, inst);
    case 'binary':
      if (inst.operator !== '+' && inst.operator !== '/') return undefined;
      return below(at(inst.left), textOf(walk, place, inst.right));
    case 'text': {
      const [first, ...rest] = inst.parts;
      return rest.reduce<Folder | undefined>(
        (folder, part) => below(folder, textOf(walk, place, part)),
        at(first),
      );
    }
    case 'call':
      return ofCall(walk, place, inst) ?? returned(walk, place);
    default:
      return undefined;
  }
}

/** The result of a function of the project with a single result. */
function returned(walk: Walk, call: Place): Folder | undefined {
  const [target, other] = walk.linked.targets(call.func, call.value);
  if (!target || other || target.makes >= 0) return undefined;
  const blocks = walk.linked.program.functions[target.func]?.func.blocks ?? [];
  const ends = blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
  const [value] = ends;
  return value === undefined || ends.length > 1 ? undefined : read(walk, { func: target.func, value });
}

function ofText(text: string): Folder {
  if (/^~\/?$|^~\//.test(text)) return walkDown('home', text.slice(1));
  if (/^[A-Za-z]:[\\/]/.test(text)) return walkDown('root', text.slice(2).replaceAll('\\', '/'));
  return walkDown(text.startsWith('/') ? 'root' : 'work', text);
}

function walkDown(base: Folder['base'], text: string): Folder {
  return below({ base, names: [], ups: 0 }, text) as Folder;
}

/** A folder extended by a relative path. `..` leads up. */
function below(folder: Folder | undefined, text: string | undefined): Folder | undefined {
  if (!folder || text === undefined) return undefined;
  let { base, ups } = folder;
  const names = [...folder.names];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') names.push(part);
    else if (names.length > 0) names.pop();
    else if (base === 'file') base = 'here';
    else if (base !== 'root') ups++;
  }
  return { ...folder, base, names, ups };
}

const projectNames =
  /^(base_?dir|base_?path|base_?folder|root_?dir|root_?path|root_?folder|project_?(root|dir|path|folder)|app_?root|app_?dir|repo_?root|here|basedir)$/i;

/** Flask's `app.root_path` is the folder of its code. */
const rootNames = /^(?!root_path$)root_?(dir|path|folder)$/i;

function named(name: string): Folder | undefined {
  if (name === '__dirname') return { base: 'here', names: [], ups: 0 };
  if (name === '__file__' || name === '__filename') return { base: 'file', names: [], ups: 0 };
  if (!projectNames.test(name)) return undefined;
  return { base: 'project', names: [], ups: 0, isRoot: rootNames.test(name) };
}

function ofMember(walk: Walk, place: Place, object: ValueId, name: string): Folder | undefined {
  const owner = instOf(walk.linked, { func: place.func, value: object });
  if (owner?.op === 'global' && owner.name === 'import.meta') {
    if (name === 'dirname') return { base: 'here', names: [], ups: 0 };
    return name === 'url' || name === 'filename' ? { base: 'file', names: [], ups: 0 } : undefined;
  }
  if (name === 'parent') return up(read(walk, { func: place.func, value: object }));
  if (name === 'pathname' || name === 'href') return read(walk, { func: place.func, value: object });
  return named(name);
}

function up(folder: Folder | undefined): Folder | undefined {
  return below(folder, '..');
}

/** `Path(__file__).parents[1]` */
function ofParents(walk: Walk, place: Place, inst: Inst & { readonly op: 'index' }): Folder | undefined {
  const object = instOf(walk.linked, { func: place.func, value: inst.object });
  const key = instOf(walk.linked, { func: place.func, value: inst.key });
  const constant = key?.op === 'const' ? key.value : undefined;
  if (object?.op !== 'member' || object.name !== 'parents') return undefined;
  if (typeof constant !== 'number' || constant < 0 || constant > 8) return undefined;
  let folder = read(walk, { func: place.func, value: object.object });
  for (let i = 0; i <= constant; i++) folder = up(folder);
  return folder;
}

function textOf(walk: Walk, from: Place, value: ValueId): string | undefined {
  const inst = instOf(walk.linked, madeBy(walk.linked, { func: from.func, value }));
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

const joining = /^(join|resolve|joinpath|normalize|safe_join)$/;
const passing =
  /^(abspath|realpath|realpathSync|normpath|Path|PurePath|PosixPath|str|String|fspath|fileURLToPath|absolute|as_posix|toString|resolve|expanduser|normalize|Dir)$/;

function ofCall(walk: Walk, place: Place, call: Call): Folder | undefined {
  const callee = instOf(walk.linked, { func: place.func, value: call.callee });
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  const at = (value: ValueId | undefined): Folder | undefined =>
    value === undefined ? undefined : read(walk, { func: place.func, value });
  const [first, ...rest] = call.args;
  if (name === 'cwd' || name === 'getcwd') return { base: 'work', names: [], ups: 0 };
  if (name === 'homedir' || name === 'home') return { base: 'home', names: [], ups: 0 };
  if (name === 'URL') return ofUrl(walk, place, rest[0], first);
  if (name === 'dirname') return up(at(first));
  const receiver = callee?.op === 'member' && isPath(walk, place, callee.object) ? callee.object : undefined;
  if (receiver !== undefined && (joining.test(name) || passing.test(name)))
    return joined(walk, place, at(receiver), call.args);
  if (first === undefined)
    return name === 'Path' || name === 'resolve' ? { base: 'work', names: [], ups: 0 } : undefined;
  if (joining.test(name)) return joined(walk, place, at(first), rest);
  return passing.test(name) ? at(first) : undefined;
}

function joined(
  walk: Walk,
  place: Place,
  start: Folder | undefined,
  parts: readonly ValueId[],
): Folder | undefined {
  return parts.reduce((folder, part) => below(folder, textOf(walk, place, part)), start);
}

/** `new URL('..', import.meta.url)` */
function ofUrl(
  walk: Walk,
  place: Place,
  base: ValueId | undefined,
  way: ValueId | undefined,
): Folder | undefined {
  if (base === undefined || way === undefined) return undefined;
  const from = read(walk, { func: place.func, value: base });
  return from?.base === 'file' ? below(up(from), textOf(walk, place, way)) : undefined;
}

/** Whether a method's receiver is a path, rather than a module (`path.join`, `os.path.join`, `Path.home`). */
function isPath(walk: Walk, place: Place, value: ValueId): boolean {
  const inst = instOf(walk.linked, madeBy(walk.linked, { func: place.func, value }));
  if (inst?.op === 'import' || inst?.op === 'global')
    return named(inst.name) !== undefined && inst.name !== '__dirname';
  if (inst?.op === 'member' && inst.name === 'path') return false;
  return inst !== undefined;
}
