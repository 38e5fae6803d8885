import { maxAliasChanges, maxAliasDepth, maxAliasInputs, maxHoldersOfObject } from '../budgets/ir.ts';
import type { Call, Inst, Operation, ValueId } from './ir.ts';
import { type Moves, movesOf } from './moving-methods.ts';
import { isSameSpot, type Spot } from './spot.ts';

/** The part of `FunctionBuilder` with which `Aliases` updates its variables. */
export interface Writer {
  emit(operation: Operation, at: number, end: number): ValueId;
  read(variable: object): ValueId;
  /** The block that instructions are appended to. */
  readonly current: number;
}

/**
 * A mutation of an object. `at` and `end` are its source range, and `write` assigns the new value to a variable of the
 * front end.
 */
export interface Change {
  readonly at: number;
  readonly end: number;
  write(variable: object, value: ValueId): void;
}

interface Inside {
  readonly container: ValueId;
  readonly spot: Spot;
}

/**
 * SSA values are immutable: a mutation makes a new value, which is assigned to the variable that the object was mutated
 * through. `Aliases` assigns this value also to the other variables, fields and lists that hold the object. After `const
 * rows = data.rows; rows.push(row)`, `data.rows` is the new value too. Two values are the same object if they have the same
 * root: the value before all mutations.
 */
export class Aliases {
  readonly #writer: Writer;
  readonly #code: readonly Inst[];
  /** The roots of all values but phis. */
  readonly #roots: (ValueId | undefined)[] = [];
  /** The roots of phis whose inputs are all known. */
  readonly #phis = new Map<ValueId, ValueId>();
  /** Set if the search for the root of a phi met a phi whose inputs are not known yet. */
  #isOpen = false;
  readonly #holders = new Map<ValueId, object[]>();
  readonly #inside = new Map<ValueId, Inside[]>();
  /** The value that was last stored in each cell. This map and the next two are made on demand: most functions need none. */
  #stored: Map<number, ValueId> | undefined;
  /** By root: the length of a list literal, and its block. Only for lists that nothing but appending has changed. */
  #lengths: Map<ValueId, { readonly length: number; readonly block: number }> | undefined;
  /** By object and member name: the last store of a new object or list into this member, and the store's block. */
  #overwritten: Map<string, { readonly by: ValueId; readonly block: number }> | undefined;
  #changes = 0;
  #isTelling = false;

  /** @param code the instructions of the writer */
  constructor(writer: Writer, code: readonly Inst[]) {
    this.#writer = writer;
    this.#code = code;
  }

  /** Records what a new instruction mutates, and which values it puts into which containers. */
  note(value: ValueId, inst: Operation): void {
    switch (inst.op) {
      case 'store':
        this.#roots[value] = this.#root(inst.object);
        this.#put(inst.value, value, { name: inst.name });
        this.#overwrite(inst.object, inst.name, inst.value, value);
        return;
      case 'store-index':
        this.#roots[value] = this.#root(inst.object);
        this.#put(inst.value, value, { key: inst.key });
        this.#lengths?.delete(this.#root(inst.object));
        return;
      case 'cell-store':
        this.#stored ??= new Map();
        this.#stored.set(inst.cell, inst.value);
        this.#roots[value] = this.#root(inst.value);
        return;
      case 'effect':
        this.#roots[value] = this.#root(inst.value);
        // The callee may append to a list that it is passed.
        if (inst.arg >= 0) this.#lengths?.delete(this.#root(inst.value));
        return;
      case 'typed':
        this.#roots[value] = this.#root(inst.value);
        return;
      case 'object':
        this.#roots[value] = value;
        this.#noteObject(value, inst);
        return;
      case 'list':
        this.#roots[value] = value;
        this.#noteList(value, inst);
        return;
      case 'call': {
        this.#roots[value] = value;
        const callee = this.#code[inst.callee] as Inst;
        if (callee.op !== 'member') return;
        const moves = movesOf.get(callee.name);
        if (moves) this.#call(moves, callee.object, inst);
        return;
      }
      default:
        this.#roots[value] = value;
    }
  }

  #noteObject(value: ValueId, { keys, values }: Operation & { op: 'object' }): void {
    keys.forEach((key, i) => {
      if (key !== null)
        this.#put(values[i] as ValueId, value, typeof key === 'string' ? { name: key } : { key });
    });
  }

  #noteList(value: ValueId, { items, spread, isMany }: Operation & { op: 'list' }): void {
    items.forEach((item, i) => {
      if (!spread.includes(i)) this.#put(item, value, spread.length === 0 ? { name: String(i) } : undefined);
    });
    if (spread.length > 0 || isMany) return;
    this.#lengths ??= new Map();
    this.#lengths.set(value, { length: items.length, block: this.#writer.current });
  }

  /** Records a call of a method that puts its arguments into its receiver, or reorders the receiver's items. */
  #call(how: Moves, object: ValueId, { args, spread }: Call): void {
    const [key, value] = args;
    if (how === 'keyed') {
      if (key !== undefined && value !== undefined) this.#put(value, object, { key });
      return;
    }
    const root = this.#root(object);
    const known = this.#lengths?.get(root);
    this.#lengths?.delete(root);
    if (how === 'puts') for (const arg of args) this.#put(arg, object, undefined);
    if (how !== 'appends') return;
    // Code in another block may run repeatedly, or never.
    const length = known?.block === this.#writer.current && !spread ? known.length : undefined;
    args.forEach((arg, i) => {
      this.#put(arg, object, length === undefined ? undefined : { name: String(length + i) });
    });
    if (known && length !== undefined)
      this.#lengths?.set(root, { length: length + args.length, block: known.block });
  }

  /** Records that a member of an object holds another object now. Values read from it earlier are no longer in it. */
  #overwrite(object: ValueId, name: string, value: ValueId, by: ValueId): void {
    const made = (this.#code[this.#root(value)] as Inst).op;
    if (this.#isTelling || (made !== 'object' && made !== 'list')) return;
    this.#overwritten ??= new Map();
    this.#overwritten.set(`${this.#root(object)} ${name}`, { by, block: this.#writer.current });
  }

  /** Records that a variable has this value. */
  hold(variable: object, value: ValueId): void {
    const root = this.#root(value);
    const known = this.#holders.get(root);
    if (!known) this.#holders.set(root, [variable]);
    else if (known.length < maxHoldersOfObject && !known.includes(variable)) known.push(variable);
  }

  /** Propagates a mutation, from the value `before` to the value `after`, to everything that holds the object. */
  change(before: ValueId, after: ValueId, how: Change, depth = 0): void {
    if (depth > maxAliasDepth || this.#changes >= maxAliasChanges) return;
    this.#changes++;
    const root = this.#root(before);
    for (const variable of this.#holders.get(root) ?? nobody) {
      const now = this.#writer.read(variable);
      if (now !== after && this.#root(now) === root) how.write(variable, after);
    }
    for (const one of this.#origins(root)) this.#changeOwner(one, after, how, depth);
    for (const { container, spot } of this.#inside.get(root) ?? nowhere)
      this.#storeInto(container, spot, after, how, depth);
  }

  /**
   * The values whose instructions may have read the object from a container. For `groups[key] ||= []` the root is a
   * phi, and its input `groups[key]` is such a read. Variables are covered by `hold`.
   */
  #origins(root: ValueId): readonly ValueId[] {
    const inst = this.#code[root] as Inst;
    if (inst.op !== 'phi') return [root];
    const inputs = new Set(inst.inputs.slice(0, maxAliasInputs).map((input) => this.#root(input)));
    return [...inputs].filter((input) => (this.#code[input] as Inst).op !== 'cell-load');
  }

  /** Stores the new value into the object that the old one was read from. */
  #changeOwner(value: ValueId, after: ValueId, how: Change, depth: number): void {
    const inst = this.#code[value] as Inst;
    if (inst.op === 'member') {
      const other = this.#overwritten?.get(`${this.#root(inst.object)} ${inst.name}`);
      // A value that was read after the store is the stored object itself.
      if (!other || other.block !== this.#writer.current || value > other.by)
        this.#storeInto(inst.object, { name: inst.name }, after, how, depth);
    } else if (inst.op === 'index') this.#storeInto(inst.object, { key: inst.key }, after, how, depth);
    else if (inst.op === 'cell-load') {
      if (this.#stored?.get(inst.cell) !== after)
        this.#writer.emit({ op: 'cell-store', cell: inst.cell, value: after }, how.at, how.end);
    } else if (inst.op === 'call') {
      const callee = this.#code[inst.callee] as Inst;
      const [key] = inst.args;
      if (callee.op === 'member' && getters.has(callee.name) && key !== undefined)
        this.#storeInto(callee.object, { key }, after, how, depth);
    }
  }

  /** Stores a value into a container that a variable still holds, and propagates this as a mutation of the container. */
  #storeInto(container: ValueId, spot: Spot, value: ValueId, how: Change, depth: number): void {
    const root = this.#root(container);
    if (this.#root(value) === root || !this.#isHeld(root, depth)) return;
    const now = this.#latest(root) ?? container;
    const stored: Operation =
      spot && 'name' in spot
        ? { op: 'store', object: now, name: spot.name, value }
        : {
            op: 'store-index',
            object: now,
            key: spot?.key ?? this.#writer.emit({ op: 'unknown' }, how.at, how.end),
            value,
          };
    // The holders of this value are recorded already. This store adds none.
    this.#isTelling = true;
    const after = this.#writer.emit(stored, how.at, how.end);
    this.#isTelling = false;
    this.change(now, after, how, depth + 1);
  }

  /** The current value of an object in a variable that holds it. */
  #latest(root: ValueId): ValueId | undefined {
    for (const variable of this.#holders.get(root) ?? nobody) {
      const now = this.#writer.read(variable);
      if (this.#root(now) === root) return now;
    }
    return undefined;
  }

  #isHeld(root: ValueId, depth: number): boolean {
    if (depth > maxAliasDepth) return false;
    if (this.#latest(root) !== undefined) return true;
    const inst = this.#code[root] as Inst;
    if (inst.op === 'member' || inst.op === 'index') return this.#isHeld(this.#root(inst.object), depth + 1);
    return inst.op === 'cell-load' || this.#inside.has(root);
  }

  #put(value: ValueId, container: ValueId, spot: Spot): void {
    if (this.#isTelling || plain.has((this.#code[value] as Inst).op)) return;
    const root = this.#root(value);
    const all = this.#inside.get(root);
    const one = { container: this.#root(container), spot };
    if (!all) this.#inside.set(root, [one]);
    else if (
      all.length < maxHoldersOfObject &&
      !all.some((it) => it.container === one.container && isSameSpot(it.spot, spot))
    )
      all.push(one);
  }

  #root(value: ValueId): ValueId {
    return this.#roots[value] ?? this.#phis.get(value) ?? this.#rootOfPhi(value);
  }

  #rootOfPhi(phi: ValueId): ValueId {
    this.#isOpen = false;
    const root = this.#joined(phi, 0);
    if (!this.#isOpen) this.#phis.set(phi, root);
    return root;
  }

  #joined(value: ValueId, depth: number): ValueId {
    const known = this.#roots[value];
    if (known !== undefined) return known;
    const inst = this.#code[value] as Inst;
    if (inst.op !== 'phi' || depth > maxAliasDepth) return value;
    const { inputs } = inst;
    if (inputs.length === 0) this.#isOpen = true;
    let only: ValueId | undefined;
    for (let i = 0; i < inputs.length && i < maxAliasInputs; i++) {
      const input = inputs[i] as ValueId;
      if (input === value) continue;
      const root = this.#joined(input, depth + 1);
      if (root === value) continue;
      if (only !== undefined && only !== root) return value;
      only = root;
    }
    return only ?? value;
  }
}

const nobody: readonly object[] = [];
const nowhere: readonly Inside[] = [];

/** Methods that return an entry of their receiver. */
const getters: ReadonlySet<string> = new Set(['get', 'setdefault', 'at']);
/** Instructions that make immutable values, or values whose mutation does not matter. */
const plain: ReadonlySet<Inst['op']> = new Set([
  ...(['const', 'text', 'binary', 'unary', 'regex', 'import', 'global', 'class', 'func', 'key'] as const),
]);
