import { maxAliasChanges, maxAliasDepth, maxAliasInputs, maxHoldersOfObject } from '../budgets/ir.ts';
import type { Call, Inst, Operation, ValueId } from './ir.ts';
import { type Moves, movesOf } from './moving-methods.ts';
import { isSameSpot, type Spot } from './spot.ts';

/** What writes a function, as far as it is needed to keep its variables in step. */
export interface Writer {
  emit(operation: Operation, at: number, end: number): ValueId;
  read(variable: object): ValueId;
  /** The block that is written in. */
  readonly current: number;
}

/** A change of an object: where it is written, and how a variable of the front end is given a value. */
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
 * Values are never changed: what changes an object makes a new value of it, for the variable that it was changed by. Other
 * variables, fields and lists that hold the same object get that value too: `const rows = data.rows; rows.push(row)`.
 *
 * Two values are the same object if they have one root: the value that it was before all changes.
 */
export class Aliases {
  readonly #writer: Writer;
  readonly #code: readonly Inst[];
  /** By value, but for phis. */
  readonly #roots: (ValueId | undefined)[] = [];
  /** The roots of phis, once all their inputs are known. */
  readonly #phis = new Map<ValueId, ValueId>();
  /** The phi that is looked into has inputs that are still to come. */
  #isOpen = false;
  readonly #holders = new Map<ValueId, object[]>();
  readonly #inside = new Map<ValueId, Inside[]>();
  /** What was written last to shared variables. In most functions there is nothing for this and the next two to hold. */
  #stored: Map<number, ValueId> | undefined;
  /** How many items a list has that was written out, where nothing but appending has changed it in that block. */
  #lengths: Map<ValueId, { readonly length: number; readonly block: number }> | undefined;
  /** By which store, in which block, a new object was put under a name of another one. */
  #overwritten: Map<string, { readonly by: ValueId; readonly block: number }> | undefined;
  #changes = 0;
  #isTelling = false;

  /** @param code what is written */
  constructor(writer: Writer, code: readonly Inst[]) {
    this.#writer = writer;
    this.#code = code;
  }

  /** An instruction was written: what it changes, and what it puts into what. */
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
        // What it was passed to may have made a list longer.
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

  /** A method that puts its arguments into what it is called on, or moves what is there. */
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
    // In another block it may be run again and again, or not at all.
    const length = known?.block === this.#writer.current && !spread ? known.length : undefined;
    args.forEach((arg, i) => {
      this.#put(arg, object, length === undefined ? undefined : { name: String(length + i) });
    });
    if (known && length !== undefined)
      this.#lengths?.set(root, { length: length + args.length, block: known.block });
  }

  /** Another object is under this name now: the one that was read of there is no more. */
  #overwrite(object: ValueId, name: string, value: ValueId, by: ValueId): void {
    const made = (this.#code[this.#root(value)] as Inst).op;
    if (this.#isTelling || (made !== 'object' && made !== 'list')) return;
    this.#overwritten ??= new Map();
    this.#overwritten.set(`${this.#root(object)} ${name}`, { by, block: this.#writer.current });
  }

  /** A variable has this value now. */
  hold(variable: object, value: ValueId): void {
    const root = this.#root(value);
    const known = this.#holders.get(root);
    if (!known) this.#holders.set(root, [variable]);
    else if (known.length < maxHoldersOfObject && !known.includes(variable)) known.push(variable);
  }

  /** An object was changed: `before` is what it was, `after` what it is now. All that hold it are told. */
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

  /** What the object was read of. A phi may be an entry, `(groups[key] ||= [])`; a variable is left to what holds it. */
  #origins(root: ValueId): readonly ValueId[] {
    const inst = this.#code[root] as Inst;
    if (inst.op !== 'phi') return [root];
    const inputs = new Set(inst.inputs.slice(0, maxAliasInputs).map((input) => this.#root(input)));
    return [...inputs].filter((input) => (this.#code[input] as Inst).op !== 'cell-load');
  }

  /** The object that another one was read of holds what that is now. */
  #changeOwner(value: ValueId, after: ValueId, how: Change, depth: number): void {
    const inst = this.#code[value] as Inst;
    if (inst.op === 'member') {
      const other = this.#overwritten?.get(`${this.#root(inst.object)} ${inst.name}`);
      // What was read of there after that is what was put there.
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

  /** Where a variable still holds the container, it holds it with this in it. */
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
    // What holds it is known: this puts it nowhere else.
    this.#isTelling = true;
    const after = this.#writer.emit(stored, how.at, how.end);
    this.#isTelling = false;
    this.change(now, after, how, depth + 1);
  }

  /** What a variable holds of an object now. */
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

/** Methods that give an entry of it. */
const getters: ReadonlySet<string> = new Set(['get', 'setdefault', 'at']);
/** What nothing changes. */
const plain: ReadonlySet<Inst['op']> = new Set([
  ...(['const', 'text', 'binary', 'unary', 'regex', 'import', 'global', 'class', 'func', 'key'] as const),
]);
