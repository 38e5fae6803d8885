import type { Inst, Operation, ValueId } from './ir.ts';

/** What writes a function, as far as it is needed to keep its variables in step. */
export interface Writer {
  inst(value: ValueId): Inst;
  emit(operation: Operation, at: number, end: number): ValueId;
  read(variable: object): ValueId;
}

/** A change of an object: where it is written, and how a variable of the front end is given a value. */
export interface Change {
  readonly at: number;
  readonly end: number;
  write(variable: object, value: ValueId): void;
}

/** Where an object was put: the container, and under which name if that is known. */
interface Inside {
  readonly container: ValueId;
  readonly name: string | undefined;
}

/**
 * Values are never changed: what changes an object makes a new value of it, for the variable that it was changed by. Other
 * variables, fields and lists that hold the same object get that value too: `const rows = data.rows; rows.push(row)`.
 *
 * Two values are the same object if they have one root: the value that it was before all changes.
 */
export class Aliases {
  readonly #writer: Writer;
  readonly #roots = new Map<ValueId, ValueId>();
  readonly #holders = new Map<ValueId, Set<object>>();
  readonly #inside = new Map<ValueId, Inside[]>();
  /** What was written last to shared variables. */
  readonly #stored = new Map<number, ValueId>();
  #changes = 0;
  #isTelling = false;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** An instruction was written: what it changes, and what it puts into what. */
  note(value: ValueId, inst: Operation): void {
    switch (inst.op) {
      case 'store':
        this.#roots.set(value, this.#root(inst.object));
        this.#put(inst.value, value, inst.name);
        return;
      case 'store-index':
        this.#roots.set(value, this.#root(inst.object));
        this.#put(inst.value, value, undefined);
        return;
      case 'cell-store':
        this.#stored.set(inst.cell, inst.value);
        this.#roots.set(value, this.#root(inst.value));
        return;
      case 'effect':
      case 'typed':
        this.#roots.set(value, this.#root(inst.value));
        return;
      case 'object':
        inst.keys.forEach((key, i) => {
          if (key !== null)
            this.#put(inst.values[i] as ValueId, value, typeof key === 'string' ? key : undefined);
        });
        return;
      case 'list':
        inst.items.forEach((item, i) => {
          if (!inst.spread.includes(i))
            this.#put(item, value, inst.spread.length === 0 ? String(i) : undefined);
        });
        return;
      case 'call': {
        const callee = this.#writer.inst(inst.callee);
        if (callee.op !== 'member' || !putters.has(callee.name)) return;
        for (const arg of inst.args) this.#put(arg, callee.object, undefined);
      }
    }
  }

  /** A variable has this value now. */
  hold(variable: object, value: ValueId): void {
    const root = this.#root(value);
    const known = this.#holders.get(root);
    if (!known) this.#holders.set(root, new Set([variable]));
    else if (known.size < maxHolders) known.add(variable);
  }

  /** An object was changed: `before` is what it was, `after` what it is now. All that hold it are told. */
  change(before: ValueId, after: ValueId, how: Change, depth = 0): void {
    if (depth > maxDepth || this.#changes >= maxChanges) return;
    this.#changes++;
    const root = this.#root(before);
    for (const variable of this.#holders.get(root) ?? []) {
      const now = this.#writer.read(variable);
      if (now !== after && this.#root(now) === root) how.write(variable, after);
    }
    for (const one of this.#origins(root)) this.#changeOwner(one, after, how, depth);
    for (const { container, name } of this.#inside.get(root) ?? [])
      this.#storeInto(container, name, undefined, after, how, depth);
  }

  /** What the object was read of. A phi may be an entry, `(groups[key] ||= [])`; a variable is left to what holds it. */
  #origins(root: ValueId): readonly ValueId[] {
    const inst = this.#writer.inst(root);
    if (inst.op !== 'phi') return [root];
    const inputs = new Set(inst.inputs.slice(0, maxInputs).map((input) => this.#root(input)));
    return [...inputs].filter((input) => this.#writer.inst(input).op !== 'cell-load');
  }

  /** The object that another one was read of holds what that is now. */
  #changeOwner(value: ValueId, after: ValueId, how: Change, depth: number): void {
    const inst = this.#writer.inst(value);
    if (inst.op === 'member') this.#storeInto(inst.object, inst.name, undefined, after, how, depth);
    else if (inst.op === 'index') this.#storeInto(inst.object, undefined, inst.key, after, how, depth);
    else if (inst.op === 'cell-load') {
      if (this.#stored.get(inst.cell) !== after)
        this.#writer.emit({ op: 'cell-store', cell: inst.cell, value: after }, how.at, how.end);
    } else if (inst.op === 'call') {
      const callee = this.#writer.inst(inst.callee);
      const [key] = inst.args;
      if (callee.op === 'member' && getters.has(callee.name) && key !== undefined)
        this.#storeInto(callee.object, undefined, key, after, how, depth);
    }
  }

  /** Where a variable still holds the container, it holds it with this in it. */
  #storeInto(
    container: ValueId,
    name: string | undefined,
    key: ValueId | undefined,
    value: ValueId,
    how: Change,
    depth: number,
  ): void {
    const root = this.#root(container);
    if (this.#root(value) === root || !this.#isHeld(root, depth)) return;
    const now = this.#latest(root) ?? container;
    const stored: Operation =
      name === undefined
        ? {
            op: 'store-index',
            object: now,
            key: key ?? this.#writer.emit({ op: 'unknown' }, how.at, how.end),
            value,
          }
        : { op: 'store', object: now, name, value };
    // What holds it is known: this puts it nowhere else.
    this.#isTelling = true;
    const after = this.#writer.emit(stored, how.at, how.end);
    this.#isTelling = false;
    this.change(now, after, how, depth + 1);
  }

  /** What a variable holds of an object now. */
  #latest(root: ValueId): ValueId | undefined {
    for (const variable of this.#holders.get(root) ?? []) {
      const now = this.#writer.read(variable);
      if (this.#root(now) === root) return now;
    }
    return undefined;
  }

  #isHeld(root: ValueId, depth: number): boolean {
    if (depth > maxDepth) return false;
    if (this.#latest(root) !== undefined) return true;
    const inst = this.#writer.inst(root);
    if (inst.op === 'member' || inst.op === 'index') return this.#isHeld(this.#root(inst.object), depth + 1);
    return inst.op === 'cell-load' || (this.#inside.get(root) ?? []).length > 0;
  }

  #put(value: ValueId, container: ValueId, name: string | undefined): void {
    if (this.#isTelling || plain.has(this.#writer.inst(value).op)) return;
    const root = this.#root(value);
    const all = this.#inside.get(root);
    const one = { container: this.#root(container), name };
    if (!all) this.#inside.set(root, [one]);
    else if (all.length < maxHolders && !all.some((it) => it.container === one.container && it.name === name))
      all.push(one);
  }

  #root(value: ValueId, depth = 0): ValueId {
    const known = this.#roots.get(value);
    if (known !== undefined) return known;
    const inst = this.#writer.inst(value);
    if (inst.op !== 'phi' || inst.inputs.length === 0 || depth > maxDepth) return value;
    let only: ValueId | undefined;
    for (const input of inst.inputs.slice(0, maxInputs)) {
      if (input === value) continue;
      const root = this.#root(input, depth + 1);
      if (root === value) continue;
      if (only !== undefined && only !== root) return value;
      only = root;
    }
    return only ?? value;
  }
}

/** An object that is held by more, or in more, than this is told to the first of them. */
const maxHolders = 8;
const maxDepth = 3;
const maxInputs = 4;
/** In one function: what is generated or hostile has more. */
const maxChanges = 2000;

/** Methods that put their arguments into what they are called on. */
const putters: ReadonlySet<string> = new Set([
  'push',
  'unshift',
  'append',
  'appendleft',
  'add',
  'set',
  'insert',
]);
/** Methods that give an entry of it. */
const getters: ReadonlySet<string> = new Set(['get', 'setdefault', 'at']);
/** What nothing changes. */
const plain: ReadonlySet<Inst['op']> = new Set([
  ...(['const', 'text', 'binary', 'unary', 'regex', 'import', 'global', 'class', 'func', 'key'] as const),
]);
