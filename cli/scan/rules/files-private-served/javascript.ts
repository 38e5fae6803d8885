import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';
import { isA, isConst, known, option, type Use } from '../kit/use.ts';
import { entryOf } from '../kit/value/entry-of.ts';
import { itemsOf } from './items-of.ts';
import type { Served } from './served.ts';

/** Returns what a JavaScript call or object serves publicly. Undefined if it serves nothing. */
export function servedByJavascript(use: Use): Served | undefined {
  const { inst } = use;
  if (inst.op === 'object') return ofHapi(use);
  if (inst.op !== 'call') return undefined;
  const at = (i: number): Place | undefined => placeOf(use, inst.args[i]);
  if (isA(use, inst.callee, 'use.ServeFolder'))
    return served(at(0), isAllowing(use, inst, 1) && !isWellKnown(use, inst));
  if (isA(use, inst.callee, 'use.ServeOptions'))
    return served(
      entryOf(use.frame.linked, at(0), 'root', 'rootDir', 'rootPath', 'path') ?? text(use, at(0)),
      false,
    );
  if (isA(use, inst.callee, 'use.ServeIndex')) return { ...served(at(0), false), isListed: true };
  if (isA(use, inst.callee, 'use.ServeHandler')) return ofServeHandler(use, inst);
  if (isA(use, inst.callee, 'use.ServeRoute'))
    return isForAll(use) ? served(entryOf(use.frame.linked, at(0), 'root'), false) : undefined;
  return ofFastify(use, inst);
}

function placeOf(use: Use, value: ValueId | undefined): Place | undefined {
  return value === undefined ? undefined : { func: use.frame.id, value };
}

function served(folder: Place | undefined, showsHidden: boolean): Served {
  return { folders: folder ? [folder] : [], showsHidden, isListed: false };
}

function text(use: Use, place: Place | undefined): Place | undefined {
  return place && instOf(use.frame.linked, place)?.op === 'const' ? place : undefined;
}

function isAllowing(use: Use, call: Call, position: number): boolean {
  const options = call.args[position];
  return options !== undefined && isConst(option(known(use, options), 'dotfiles'), 'allow');
}

const maxSteps = 100;

/** `/.well-known` is meant to be public. */
function isWellKnown(use: Use, call: Call): boolean {
  const seen = new Set<ValueId>(call.args.slice(0, maxSteps));
  for (const user of usersOf(use.frame.func).of[use.value] ?? []) {
    const outer = use.frame.inst(user);
    if (outer.op === 'call') add(seen, outer.args);
  }
  // The set grows during the iteration and holds each value once.
  for (const value of seen) {
    const inst = use.frame.inst(value);
    if (inst.op === 'const' && typeof inst.value === 'string' && /well-known/.test(inst.value)) return true;
    if (inst.op === 'call') add(seen, inst.args);
    else if (inst.op === 'text') add(seen, inst.parts);
    else if (inst.op === 'binary') add(seen, [inst.left, inst.right]);
  }
  return false;
}

function add(seen: Set<ValueId>, values: readonly ValueId[]): void {
  for (const value of values) {
    if (seen.size >= maxSteps) return;
    seen.add(value);
  }
}

/** Without an option it serves the working directory. */
function ofServeHandler(use: Use, call: Call): Served | undefined {
  const options = call.args[2];
  if (options === undefined) return { folders: [], showsHidden: false, isListed: true, isWorkFolder: true };
  const folder = entryOf(use.frame.linked, placeOf(use, options), 'public');
  return folder ? { ...served(folder, false), isListed: true } : undefined;
}

/** Hono serves the whole folder only if all paths are routed to it. */
function isForAll(use: Use): boolean {
  return (usersOf(use.frame.func).of[use.value] ?? []).some((user) => {
    const outer = use.frame.inst(user);
    if (outer.op !== 'call') return false;
    return outer.args[0] === use.value || isConst(known(use, outer.args[0] ?? -1), '*', '/*', '/');
  });
}

/** `app.register(fastifyStatic, { root })` */
function ofFastify(use: Use, call: Call): Served | undefined {
  const [plugin, options] = call.args;
  if (plugin === undefined || options === undefined || !isA(use, plugin, 'use.FastifyStatic'))
    return undefined;
  const it = known(use, options);
  const root = entryOf(use.frame.linked, placeOf(use, options), 'root');
  if (!root || isConst(option(it, 'serve'), false)) return undefined;
  const showsHidden =
    isConst(option(it, 'dotfiles'), 'allow') &&
    !/well-known/.test(String(option(it, 'prefix')?.consts ?? ''));
  const list = option(it, 'list');
  return { folders: itemsOf(use, root), showsHidden, isListed: list !== undefined && !isConst(list, false) };
}

/** `handler: { directory: { path: '.' } }` */
function ofHapi(use: Use): Served | undefined {
  const own = { func: use.frame.id, value: use.value };
  const directory = entryOf(use.frame.linked, own, 'directory');
  const path = entryOf(use.frame.linked, directory, 'path');
  if (!path || !isHandler(use) || hasRelativeTo(use.frame.linked)) return undefined;
  const listing =
    directory?.func === use.frame.id ? option(known(use, directory.value), 'listing') : undefined;
  return { folders: itemsOf(use, path), showsHidden: false, isListed: isConst(listing, true) };
}

function isHandler(use: Use): boolean {
  return (usersOf(use.frame.func).of[use.value] ?? []).some((user) => {
    const outer = use.frame.inst(user);
    return outer.op === 'object' && outer.values[outer.keys.indexOf('handler')] === use.value;
  });
}

/** Whether the program sets the base folder of Hapi's paths. */
const hasRelativeTo = memoized(({ program }: Linked) =>
  program.functions.some(({ func }) =>
    func.code.some((inst) => inst.op === 'object' && inst.keys.includes('relativeTo')),
  ),
);
