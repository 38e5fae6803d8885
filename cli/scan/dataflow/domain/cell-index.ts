import type { Program } from '../../callgraph/program.ts';
import type { Func, Inst } from '../../ir/ir.ts';
import { type Abstract, constant, pattern } from './abstract.ts';
import { list, object } from './entries.ts';

/** An instruction that assigns to a variable: `value` is the assigned value in the function `func`. */
interface Store {
  readonly func: number;
  readonly value: number;
}

/** For each shared variable: the function that declares it (its owner), and the places that assign to it. */
export class CellIndex {
  readonly #program: Program;
  readonly #owners: number[] = [];
  readonly #names: string[] = [];
  readonly #modules: boolean[] = [];
  readonly #stores: (Store[] | undefined)[] = [];
  /** The stores of new values. A store that writes a variable back after a method call on it is left out. */
  readonly #given: (Store[] | undefined)[] = [];

  constructor(program: Program) {
    this.#program = program;
    program.modules.forEach((module, index) => {
      const first = program.firstFunc[index] as number;
      for (const cell of module.cells) {
        this.#owners.push(first + cell.owner);
        this.#names.push(cell.name);
        this.#modules.push(cell.owner === 0);
        this.#stores.push(undefined);
        this.#given.push(undefined);
      }
    });
    let behind: Int32Array = new Int32Array();
    let last: Func | undefined;
    program.instructions.each('cell-store', (inst, { id, module, func }) => {
      if (func !== last) behind = behindEffects(func);
      last = func;
      const cell = (program.firstCell[module] as number) + inst.cell;
      const store = { func: id, value: inst.value };
      put(this.#stores, cell, store);
      const from = func.code[behind[inst.value] as number];
      if (from?.op !== 'cell-load' || from.cell !== inst.cell) put(this.#given, cell, store);
    });
  }

  /** The function that declares a variable, or -1 if there is none. */
  owner(cell: number): number {
    return this.#owners[cell] ?? -1;
  }

  /**
   * The name of a variable. Undefined for a cell that stands for a key of a registry, such as `'note'` in
   * `provide('note', note)`.
   */
  nameOf(cell: number): string | undefined {
    return this.#names[cell];
  }

  /** Whether a variable is declared at the top level of a module. Also true for a cell that stands for a key of a registry. */
  isModules(cell: number): boolean {
    return this.#modules[cell] ?? cell >= this.#modules.length;
  }

  /**
   * All places that write a variable. These include the places that write it back after a method call, as the IR does
   * after `jobs.add(name)`.
   */
  stores(cell: number): readonly Store[] {
    return this.#stores[cell] ?? noStores;
  }

  /** Whether a function other than its owner writes a variable, or calls a method on it and writes it back. */
  hasOtherWriters(cell: number): boolean {
    const owner = this.owner(cell);
    return anyOutside(this.stores(cell), owner);
  }

  /** Whether a function other than its owner assigns a new value to a variable. */
  isAssignedElsewhere(cell: number): boolean {
    const owner = this.owner(cell);
    return anyOutside(this.#given[cell] ?? noStores, owner);
  }

  /** The literal that a variable holds, such as a name or an allow-list. Undefined unless it is written exactly once. */
  literal(cell: number): Abstract | undefined {
    const stores = this.stores(cell);
    const [only] = stores;
    if (!only || stores.length > 1) return undefined;
    const { func } = this.#program.functions[only.func] ?? {};
    return func && literalValue(func, only.value, 0);
  }

  /** The regular expression, or string with one, that a variable holds. Undefined unless it is assigned exactly once. */
  pattern(cell: number): { readonly source: string; readonly flags: string } | undefined {
    const only = this.#onlyStore(cell);
    return only && writtenPattern(only.func, only.value);
  }

  /**
   * Whether a variable may hold a path that ends with a separator. False only if a single value is assigned to it, and that
   * value does not visibly end with one, as `folder + '/'` does.
   */
  endsWithSeparator(cell: number): boolean {
    const only = this.#onlyStore(cell);
    return !only || writtenWithSeparator(only.func, only.value);
  }

  /** The only assignment of a new value to a variable. Undefined if there is none, or several. */
  #onlyStore(cell: number): { readonly func: Func; readonly value: number } | undefined {
    const [only, more] = this.#given[cell] ?? noStores;
    const func = only && this.#program.functions[only.func]?.func;
    return only && func && !more ? { func, value: only.value } : undefined;
  }

  /**
   * The class whose `this` a variable holds, as in `const self = this`. Only the first store to the variable is
   * considered. -1 if there is no store, or if the first one stores another value.
   */
  receiverClass(cell: number): number {
    const [only] = this.stores(cell);
    if (!only) return -1;
    const info = this.#program.functions[only.func];
    if (info?.func.code[only.value]?.op !== 'this' || info.func.class < 0) return -1;
    return (this.#program.firstClass[info.module] as number) + info.func.class;
  }
}

const noStores: readonly Store[] = [];

function anyOutside(stores: readonly Store[], owner: number): boolean {
  for (const { func } of stores) if (func !== owner) return true;
  return false;
}

function put(all: (Store[] | undefined)[], cell: number, store: Store): void {
  const stores = all[cell];
  if (stores) stores.push(store);
  else all[cell] = [store];
}

/** For each value of a function: the same value before calls changed it and declarations gave it a type. */
function behindEffects({ code }: Func): Int32Array {
  const behind = new Int32Array(code.length);
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    const isSame = (inst.op === 'effect' || inst.op === 'typed') && inst.value < value;
    behind[value] = isSame ? (behind[inst.value] as number) : value;
  }
  return behind;
}

function literalValue(func: Func, value: number, depth: number): Abstract | undefined {
  const inst = func.code[value];
  if (!inst || depth > 3) return undefined;
  switch (inst.op) {
    case 'const':
      return constant(inst.value);
    case 'regex':
      return pattern(inst.source, inst.flags);
    case 'list': {
      const items = inst.items.map((item) => literalValue(func, item, depth + 1));
      return items.every((item) => item !== undefined) && inst.spread.length === 0
        ? list(items as Abstract[])
        : undefined;
    }
    case 'object': {
      const entries: [string, Abstract][] = [];
      for (let i = 0; i < inst.keys.length; i++) {
        const key = inst.keys[i];
        const name = typeof key === 'number' ? func.code[key] : undefined;
        const text = typeof key === 'string' ? key : name?.op === 'const' ? String(name.value) : undefined;
        const field = literalValue(func, inst.values[i] as number, depth + 1);
        if (text === undefined || !field) return undefined;
        entries.push([text, field]);
      }
      return object(entries);
    }
    case 'call': {
      // `new Set([...])`, `frozenset({...})`, `Object.freeze({...})`.
      const [arg, more] = inst.args;
      return arg !== undefined && more === undefined && isWrapper(func, inst.callee)
        ? literalValue(func, arg, depth + 1)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Reads a pattern from `/.../`, `re.compile(...)`, `new RegExp(...)`, or a string. Undefined for anything else. */
function writtenPattern(
  func: Func,
  value: number,
): { readonly source: string; readonly flags: string } | undefined {
  const inst = func.code[value];
  if (inst?.op === 'regex') return { source: inst.source, flags: inst.flags };
  if (inst?.op === 'const')
    return typeof inst.value === 'string' ? { source: inst.value, flags: '' } : undefined;
  if (inst?.op !== 'call') return undefined;
  const callee = func.code[inst.callee];
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  const [source, flags] = inst.args.map((arg) => func.code[arg]);
  if ((name !== 'compile' && name !== 'RegExp') || source?.op !== 'const' || typeof source.value !== 'string')
    return undefined;
  const letters =
    flags?.op === 'const'
      ? String(flags.value)
      : flags?.op === 'member' && /^M(ULTILINE)?$/.test(flags.name)
        ? 'm'
        : '';
  return { source: source.value, flags: letters };
}

/** Whether a path ends with a literal separator or with `sep`, as in `folder + '/'`. False when unknown. */
export function writtenWithSeparator(func: Func, value: number): boolean {
  const inst = func.code[keepingSeparator(func, value)];
  if (inst?.op === 'const') return typeof inst.value === 'string' && /[/\\]$/.test(inst.value);
  const last = inst?.op === 'binary' ? inst.right : inst?.op === 'text' ? inst.parts.at(-1) : undefined;
  if (last !== undefined) {
    const end = func.code[last];
    return end?.op === 'const'
      ? /[/\\]$/.test(String(end.value))
      : (end?.op === 'member' || end?.op === 'import') && end.name === 'sep';
  }
  // Functions that resolve or join a path leave no separator at its end.
  return false;
}

/**
 * The path inside calls that keep a separator at its end: Node's `normalize(path)`, and `path.replace(..., '/')`, which can remove
 * one only to put another in its place.
 */
function keepingSeparator({ code }: Func, value: number): number {
  let at = value;
  for (let depth = 0; depth < 4; depth++) {
    const inst = code[at];
    const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
    if (inst?.op !== 'call' || (callee?.op !== 'member' && callee?.op !== 'import')) break;
    const [arg, by] = inst.args;
    const put = by === undefined ? undefined : code[by];
    if (callee.name === 'normalize' && arg !== undefined && by === undefined) at = arg;
    else if (callee.op === 'member' && callee.name === 'replace' && put?.op === 'const' && put.value === '/')
      at = callee.object;
    else break;
  }
  return at;
}

function isWrapper(func: Func, callee: number): boolean {
  const inst = func.code[callee];
  if (inst?.op === 'global')
    return ['Set', 'Map', 'frozenset', 'set', 'tuple', 'list', 'dict'].includes(inst.name);
  return inst?.op === 'member' && inst.name === 'freeze';
}
