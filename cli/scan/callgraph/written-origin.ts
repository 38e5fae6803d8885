import { maxOriginSteps, maxWrittenBackCalls } from '../budgets/callgraph.ts';
import type { Inst } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { cellOfImport } from './imported-cell.ts';
import type { Linker } from './linker.ts';
import { type FuncInfo, literalText, type Program } from './program.ts';

/** A value of a function. */
export interface Place {
  readonly info: FuncInfo;
  readonly value: number;
}

/**
 * Where a value was made. Follows variables that are written once, imports, and entries of object literals (`TYPES.Users`),
 * also across modules. Returns `place` itself if there is nothing to follow.
 */
export function writtenOrigin(linker: Linker, place: Place, depth = 0): Place {
  const inst = place.info.func.code[place.value];
  if (!inst || depth >= maxOriginSteps) return place;
  const before = stepBack(linker, place.info, inst, depth);
  return before ? writtenOrigin(linker, before, depth + 1) : place;
}

/**
 * The text of a constant, even if another function or module defines it. `Symbol.for('Users')` gives a text that
 * differs from that of the string `'Users'`. Undefined if the value is not known to be a constant.
 */
export function writtenText(linker: Linker, place: Place): string | undefined {
  const { info, value } = writtenOrigin(linker, place);
  const text = literalText(info.func, value);
  if (text !== undefined) return text;
  // `Symbol.for('Users')` is the same symbol wherever it is called.
  const call = info.func.code[value];
  const callee = call?.op === 'call' ? info.func.code[call.callee] : undefined;
  const object = callee?.op === 'member' && callee.name === 'for' ? info.func.code[callee.object] : undefined;
  if (call?.op !== 'call' || object?.op !== 'global' || object.name !== 'Symbol') return undefined;
  const name = literalText(info.func, call.args[0] ?? -1);
  return name === undefined ? undefined : `\0for ${name}`;
}

function stepBack(linker: Linker, info: FuncInfo, inst: Inst, depth: number): Place | undefined {
  const { program } = linker;
  switch (inst.op) {
    case 'typed':
    case 'effect':
    case 'cell-store':
      return { info, value: inst.value };
    case 'cell-load':
      return onlyStores(program).get((program.firstCell[info.module] as number) + inst.cell);
    case 'import': {
      const found = importedAs(linker, info.module, inst.specifier, inst.name);
      // `module.exports = agenda`
      return found || !/^(?:\*|default)$/.test(inst.name)
        ? found
        : importedAs(linker, info.module, inst.specifier, '=');
    }
    case 'member': {
      const object = info.func.code[inst.object];
      if (object?.op === 'import' && object.name === '*')
        return stepBack(linker, info, { ...object, name: inst.name }, depth);
      return entry(writtenOrigin(linker, { info, value: inst.object }, depth + 1), inst.name);
    }
    case 'call': {
      // `Object.freeze({ ... })`
      const callee = info.func.code[inst.callee];
      const [frozen] = inst.args;
      return callee?.op === 'member' && callee.name === 'freeze' && frozen !== undefined
        ? { info, value: frozen }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The entry of an object literal or a class under a name. */
function entry({ info, value }: Place, name: string): Place | undefined {
  const object = info.func.code[value];
  if (object?.op !== 'object' && object?.op !== 'class') return undefined;
  const at = (object.op === 'object' ? object.keys : object.names).indexOf(name);
  const found = object.values[at];
  return found === undefined ? undefined : { info, value: found };
}

function importedAs(linker: Linker, module: number, specifier: string, name: string): Place | undefined {
  const cell = cellOfImport(linker, module, specifier, name);
  return cell === undefined
    ? exported(linker, module, specifier, name)
    : onlyStores(linker.program).get(cell);
}

/** An export without a variable of its own: `export default 'users'`, `exports.USERS = 'users'`. */
function exported({ program, resolve }: Linker, module: number, specifier: string, name: string) {
  const from = resolve(module, specifier).module;
  const found = (from === undefined ? undefined : program.modules[from]?.exports)?.find(
    (one) => 'value' in one && one.name === name,
  );
  if (from === undefined || !found || !('value' in found)) return undefined;
  const info = program.functions[(program.firstFunc[from] as number) + found.func];
  return info && { info, value: found.value };
}

/** Where each shared variable is assigned. Undefined if that is more than one place. */
const onlyStores = memoized((program: Program): ReadonlyMap<number, Place | undefined> => {
  const all = new Map<number, Place | undefined>();
  program.instructions.each('cell-store', (inst, info) => {
    const one = (program.firstCell[info.module] as number) + inst.cell;
    if (isSameAgain(info, inst.value, inst.cell)) return;
    all.set(one, all.has(one) ? undefined : { info, value: inst.value });
  });
  return all;
});

/** `queue.add(job)`: the call leaves the variable's value unchanged. */
function isSameAgain({ func }: FuncInfo, value: number, cell: number): boolean {
  let inst = func.code[value];
  for (let hop = 0; hop < maxWrittenBackCalls && inst?.op === 'effect'; hop++) inst = func.code[inst.value];
  return inst?.op === 'cell-load' && inst.cell === cell;
}
