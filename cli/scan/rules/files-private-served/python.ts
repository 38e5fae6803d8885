import type { Place } from '../../callgraph/query/made-by.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Call, Module, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import { settingsOf } from '../kit/settings.ts';
import { argument, argumentId, calleeName, isA, isConst, type Use } from '../kit/use.ts';
import { itemsOf } from './items-of.ts';
import type { Served } from './served.ts';

/** Returns what a Python call, object or setting serves publicly. Undefined if it serves nothing. */
export function servedByPython(use: Use): Served | undefined {
  const { inst } = use;
  const byCall = inst.op === 'call' ? ofCall(use, inst) : undefined;
  return byCall ?? ofEntries(use);
}

function ofCall(use: Use, call: Call): Served | undefined {
  const { callee } = call;
  const at = (position: number, ...names: readonly string[]): Served =>
    served(
      use,
      names.map((name) => argumentId(use, call, position, name)).find((id) => id !== undefined),
    );
  if (isA(use, callee, 'use.FlaskFolder'))
    return calleeName(use, call) === 'Blueprint' ? at(-1, 'static_folder') : at(2, 'static_folder');
  if (isA(use, callee, 'use.SendFrom'))
    return isOpen(use, call, 1, 'path', 'filename') ? at(0, 'directory') : undefined;
  if (isA(use, callee, 'use.StaticFile')) return isOpen(use, call, 0, 'filename') ? at(1, 'root') : undefined;
  if (isA(use, callee, 'use.StaticFiles')) {
    const one = at(0, 'directory');
    return one.folders.length > 0 ? one : at(-1, 'directories');
  }
  if (isA(use, callee, 'use.AddStatic') || calleeName(use, call) === 'add_static') {
    const isListed =
      isConst(argument(use, call, -1, 'show_index'), true) ||
      isConst(argument(use, call, -1, 'directory_view'), true);
    return { ...at(1, 'path', 'file_or_directory', 'directory'), isListed };
  }
  if (isA(use, callee, 'use.DjangoStatic')) return at(-1, 'document_root');
  if (isA(use, callee, 'use.DjangoServe'))
    return isOpen(use, call, 1, 'path') ? at(2, 'document_root') : undefined;
  if (isA(use, callee, 'use.WhiteNoise')) return at(1, 'root');
  if (isA(use, callee, 'use.TwistedFile')) return at(0, 'path');
  if (calleeName(use, call) === 'add_static_view') return at(1, 'path');
  return ofFileServer(use, call);
}

/** `partial(SimpleHTTPRequestHandler, directory="/")`, `super().__init__(*args, directory="/")`, `os.chdir("/")` */
function ofFileServer(use: Use, call: Call): Served | undefined {
  const name = calleeName(use, call);
  if (name === 'chdir') return usesHandler(use) ? served(use, call.args[0]) : undefined;
  const directory = argumentId(use, call, -1, 'directory');
  if (directory === undefined) return undefined;
  const [first] = call.args;
  const isHandler =
    isA(use, call.callee, 'use.FileHandler') ||
    (name === 'partial' && first !== undefined && isA(use, first, 'use.FileHandler')) ||
    (/^(__init__|constructor)$/.test(name) && usesHandler(use));
  return isHandler ? served(use, directory) : undefined;
}

/** Whether the file names the handler that serves the working directory. */
function usesHandler({ frame }: Use): boolean {
  const module = frame.linked.program.modules[frame.info.module];
  return module !== undefined && namesHandler(module);
}

const namesHandler = memoized(({ functions }: Module) =>
  functions.some(({ code }) =>
    code.some(
      (inst) => (inst.op === 'import' || inst.op === 'member') && inst.name === 'SimpleHTTPRequestHandler',
    ),
  ),
);

/** Whether the file name is no literal. With a literal name, only that file is served. */
function isOpen(use: Use, call: Call, position: number, ...names: readonly string[]): boolean {
  return names.every((name) => {
    const id = argumentId(use, call, position, name);
    return id === undefined || argument(use, call, position, name)?.consts === undefined;
  });
}

function served(use: Use, folder: ValueId | undefined): Served {
  const folders = folder === undefined ? [] : itemsOf(use, { func: use.frame.id, value: folder });
  return { folders, showsHidden: false, isListed: false };
}

const settings = /^(STATIC_ROOT|MEDIA_ROOT|WHITENOISE_ROOT|STATICFILES_DIRS)$/;

function ofEntries(use: Use): Served | undefined {
  for (const { name, value, how } of settingsOf(use)) {
    const isOwn =
      (settings.test(name) && how !== 'keyword') ||
      (name === 'document_root' && how === 'entry') ||
      name === 'tools.staticdir.dir' ||
      (name === 'static_path' && isTornado(use, how)) ||
      (name === 'path' && use.inst.op === 'object' && isStaticRoute(use));
    const folders = isOwn ? foldersOf(use, name, value) : [];
    if (folders.length > 0) return { folders, showsHidden: false, isListed: false };
  }
  return undefined;
}

/** An empty `STATIC_ROOT` serves nothing. */
function foldersOf(use: Use, name: string, value: ValueId): readonly Place[] {
  return itemsOf(use, { func: use.frame.id, value }).filter((place) => {
    const inst = instOf(use.frame.linked, madeBy(use.frame.linked, place));
    return !(settings.test(name) && inst?.op === 'const' && !inst.value);
  });
}

function isTornado(use: Use, how: string): boolean {
  return how === 'entry' || (use.inst.op === 'call' && calleeName(use, use.inst) === 'Application');
}

/** `(r"/(.*)", StaticFileHandler, {"path": "."})` */
function isStaticRoute(use: Use): boolean {
  return (usersOf(use.frame.func).of[use.value] ?? []).some((user) => {
    const outer = use.frame.inst(user);
    const others = outer.op === 'list' ? outer.items : outer.op === 'call' ? outer.args : [];
    return others.slice(0, 4).some((item) => isA(use, item, 'use.TornadoStatic'));
  });
}
