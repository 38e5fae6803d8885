import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isOfType } from '../../models/state-traits.ts';

/** The options of a call that accepts uploads with multer. */
export interface Uploads {
  /** The call of `diskStorage`, if there is one. */
  readonly storage: Place | undefined;
  /** The call has a `fileFilter` that may reject a file, or its options are not completely known. */
  readonly isFiltered: boolean;
}

/** The options of `multer({ storage })` or Nest's `FileInterceptor('file', { storage })`. Undefined for other calls. */
export function uploadsOf(linked: Linked, place: Place): Uploads | undefined {
  const call = instOf(linked, place);
  if (call?.op !== 'call' || !takesUploads(linked, place)) return undefined;
  for (const arg of call.args) {
    const at = optionsAt(linked, { func: place.func, value: arg });
    const options = at && instOf(linked, at);
    if (!at || options?.op !== 'object') continue;
    const storage = entryOf(options, at, 'storage');
    const filter = entryOf(options, at, 'fileFilter');
    const made = storage && madeBy(linked, storage);
    return {
      storage: made && isStorage(linked, made) ? made : undefined,
      isFiltered: filter ? !isYes(linked, filter) : options.keys.some((key) => typeof key !== 'string'),
    };
  }
  return undefined;
}

/** The object literal that a value denotes, or that a called function of the project returns. Undefined if unknown. */
export function optionsAt(linked: Linked, place: Place): Place | undefined {
  const at = madeBy(linked, place);
  const inst = instOf(linked, at);
  if (inst?.op === 'object') return at;
  const targets = inst?.op === 'call' ? linked.targets(at.func, at.value) : [];
  const [target] = targets;
  if (target === undefined || targets.length > 1 || target.makes >= 0) return undefined;
  const ends = linked.program.functions[target.func]?.func.blocks.map(({ end }) => end) ?? [];
  const returned = ends.flatMap((end) => (end.kind === 'return' ? [end.value] : []));
  const [only] = returned;
  if (only === undefined || returned.length > 1) return undefined;
  const made = madeBy(linked, { func: target.func, value: only });
  return instOf(linked, made)?.op === 'object' ? made : undefined;
}

function takesUploads(linked: Linked, { func, value }: Place): boolean {
  const call = instOf(linked, { func, value });
  if (call?.op !== 'call') return false;
  if (isIn(linked, { func, value: call.callee }, 'use.Multer')) return true;
  let callee = instOf(linked, { func, value: call.callee });
  if (callee?.op === 'import' && /^(@koa\/multer|fastify-multer)$/.test(callee.specifier)) return true;
  // `MulterModule.register(...)`
  if (callee?.op === 'member') callee = instOf(linked, { func, value: callee.object });
  return callee?.op === 'import' && /^@nestjs\/platform-/.test(callee.specifier);
}

/** Whether a value is `multer.diskStorage(...)`. */
export function isStorage(linked: Linked, { func, value }: Place): boolean {
  const inst = instOf(linked, { func, value });
  return inst?.op === 'call' && isIn(linked, { func, value: inst.callee }, 'use.MulterStorage');
}

function isIn(linked: Linked, { func, value }: Place, state: string): boolean {
  const states = linked.states(func, value);
  return isOfType(states, state);
}

export function entryOf(object: Inst, { func }: Place, name: string): Place | undefined {
  const value = object.op === 'object' ? object.values[object.keys.indexOf(name)] : undefined;
  return value === undefined ? undefined : { func, value };
}

/**
 * Whether a `diskStorage` call is an option of a multer call that the rule recognises, or stands next to a `fileFilter`
 * in an object. The `diskStorage` call is then not reported itself.
 */
export function isTaken(linked: Linked, { func, value }: Place): boolean {
  return allTaken(linked).has(`${func} ${value}`);
}

const allTaken = memoized((linked: Linked) => new Set(storagesTaken(linked)));

function* storagesTaken(linked: Linked): Generator<string> {
  for (const { id, func } of linked.program.functions) {
    for (const [value, inst] of func.code.entries()) {
      // Options without a known use still have their filter beside the storage.
      const isObject = inst.op === 'object' && inst.keys.includes('fileFilter');
      const entry = isObject ? entryOf(inst, { func: id, value }, 'storage') : undefined;
      const storage = entry
        ? madeBy(linked, entry)
        : inst.op === 'call'
          ? uploadsOf(linked, { func: id, value })?.storage
          : undefined;
      if (storage) yield `${storage.func} ${storage.value}`;
    }
  }
}

/** `(request, file, done) => done(null, true)`: a filter that accepts everything. */
function isYes(linked: Linked, place: Place): boolean {
  const made = madeBy(linked, place);
  const functions = linked.functions(made.func, made.value);
  return (
    functions.length > 0 &&
    functions.every((id) => {
      const func = linked.program.functions[id]?.func;
      const calls = func?.code.filter((inst) => inst.op === 'call') ?? [];
      const answer = func?.code[calls[0]?.args[1] ?? -1];
      return (
        func?.blocks.length === 1 && calls.length === 1 && answer?.op === 'const' && answer.value === true
      );
    })
  );
}
