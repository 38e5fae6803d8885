import { Aliases, type Change } from './aliases.ts';
import type { Block, BlockId, Func, Inst, Local, Operation, Param, Terminator, ValueId } from './ir.ts';
import { mergePartialCalls } from './merge-partial-calls.ts';
import { removeTrivialPhis } from './remove-trivial-phis.ts';
import { type Replaced, replaceEnd } from './replace-operands.ts';

/** An object that identifies a variable: the front end's own record of it. */
export type Variable = object;

/**
 * Builds one function in SSA form, in one pass over its syntax tree.
 * `read` finds the reaching definition of a variable and inserts phis on demand, after
 * Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (CC 2013). A block
 * must be sealed once all of its predecessors are known: the head of a loop only after its body.
 *     const b = new FunctionBuilder({ name: 'f', ... });
 *     const x = b.emit({ op: 'param', index: 0 }, at, end);
 *     b.write(variableX, x);
 *     const [yes, join] = [b.block(), b.block()];
 *     b.branch(test, yes, join);
 *     b.start(yes); ...; b.jump(join);      // start() seals, unless it is called with 'open'
 *     b.start(join);
 *     b.read(variableX)                     // a phi, if `yes` has written another value
 */
export class FunctionBuilder {
  readonly #code: Inst[] = [];
  readonly #blocks: Growing[] = [];
  readonly #unfilled: Unfilled[] = [];
  readonly #info: Omit<Func, 'code' | 'blocks' | 'params'>;
  readonly #locals: Local[] = [];
  readonly #aliases = new Aliases(this, this.#code);
  /** The block that instructions are appended to. */
  #here: Growing;
  #at = 0;

  constructor(info: Omit<Func, 'code' | 'blocks' | 'params'>) {
    this.#info = info;
    this.#at = info.at;
    this.#here = this.#growing(this.block());
    this.seal(0);
  }

  /** Makes a new block, not yet started and not sealed. */
  block(): BlockId {
    const id = this.#blocks.length;
    this.#blocks.push({
      id,
      first: [],
      code: [],
      preds: [],
      end: undefined,
      sealed: false,
      defs: new Map(),
      waiting: [],
    });
    return id;
  }

  /** Appends to `block` from now on. With `open` the block stays unsealed: call `seal` once all predecessors are known. */
  start(block: BlockId, open?: 'open'): void {
    this.#here = this.#growing(block);
    if (!open) this.seal(block);
  }

  /** Declares that all predecessors of a block are known, and fills in the inputs of its phis. */
  seal(block: BlockId): void {
    const it = this.#growing(block);
    if (it.sealed) return;
    it.sealed = true;
    if (it.waiting.length === 0) return;
    for (const one of it.waiting) this.#unfilled.push(one);
    it.waiting.length = 0;
    this.#fillPhis();
  }

  /** Whether the current block has a terminator. Instructions that are appended now are unreachable. */
  get ended(): boolean {
    return this.#here.end !== undefined;
  }

  /** The block that instructions are appended to. */
  get current(): BlockId {
    return this.#here.id;
  }

  /** Appends an instruction to the current block. Returns the value that it makes. */
  emit(operation: Operation, at: number, end: number): ValueId {
    this.#at = at;
    if (this.#here.end) this.#goOn();
    const value = this.#put(this.#here.code, operation, at, end);
    this.#aliases.note(value, operation);
    return value;
  }

  /** The instruction that makes a value. */
  inst(value: ValueId): Inst {
    const inst = this.#code[value];
    if (!inst) throw new RangeError(`no value ${value}`);
    return inst;
  }

  /** Assigns a value to a variable at this point. */
  write(variable: Variable, value: ValueId): void {
    if (this.#here.end) this.#goOn();
    this.#here.defs.set(variable, value);
    this.#aliases.hold(variable, value);
  }

  /** Propagates a mutation of an object, from the value `before` to the value `after`, to everything that holds the object. */
  change(before: ValueId, after: ValueId, how: Change): void {
    this.#aliases.change(before, after, how);
  }

  /** Records that a value was assigned to a local variable of this name. */
  name(value: ValueId, name: string): void {
    if (!nameless.has(this.inst(value).op)) this.#locals.push({ value, name });
  }

  /** The value of a variable at this point. The constant `undefined`, if it was never written. */
  read(variable: Variable): ValueId {
    if (this.#here.end) this.#goOn();
    let value = this.#here.defs.get(variable);
    if (value === undefined) {
      value = this.#reaching(variable, this.#here);
      this.#fillPhis();
    }
    this.#aliases.hold(variable, value);
    return value;
  }

  /** @param thrown the value that is passed to the handler at `to` */
  jump(to: BlockId, thrown?: ValueId): void {
    if (this.#finish(thrown === undefined ? { kind: 'jump', to } : { kind: 'jump', to, thrown }))
      this.#growing(to).preds.push(this.#here);
  }

  branch(test: ValueId, then: BlockId, otherwise: BlockId): void {
    if (!this.#finish({ kind: 'branch', test, then, else: otherwise })) return;
    this.#growing(then).preds.push(this.#here);
    this.#growing(otherwise).preds.push(this.#here);
  }

  /** @param statement the range of the `return` statement, if there is one */
  return(value: ValueId, statement?: { readonly at: number; readonly end: number }): void {
    this.#finish({ kind: 'return', value, ...statement });
  }

  throw(value: ValueId): void {
    this.#finish({ kind: 'throw', value });
  }

  /** The finished function. Blocks without a terminator return `undefined`. */
  finish(params: readonly Param[]): Func {
    for (let id = 0; id < this.#blocks.length; id++) {
      if (this.#growing(id).end) continue;
      this.start(id);
      this.return(this.emit({ op: 'const', value: undefined }, this.#info.end, this.#info.end));
    }
    const code = this.#code.slice();
    const by = removeTrivialPhis(code);
    const blocks = this.#blocks.map((block) => blockOf(block, by));
    mergePartialCalls(code);
    // The fields are listed one by one: for an object literal with a spread, V8 makes a new hidden class each time.
    const { name, outer, class: owner, async, generator, returns, at, end } = this.#info;
    const head = { name, params, code, blocks, outer, class: owner, async, generator, returns, at, end };
    return this.#locals.length > 0 ? Object.assign(head, { locals: this.#locals }) : head;
  }

  #growing(block: BlockId): Growing {
    const it = this.#blocks[block];
    if (!it) throw new RangeError(`no block ${block}`);
    return it;
  }

  #finish(end: Terminator): boolean {
    if (this.#here.end) return false;
    this.#here.end = end;
    return true;
  }

  /** Code after a terminator goes to a new block without predecessors. */
  #goOn(): void {
    this.start(this.block());
  }

  #put(code: ValueId[], operation: Operation, at: number, end: number): ValueId {
    const inst = operation as Operation & { at: number; end: number };
    inst.at = at;
    inst.end = end;
    const id = this.#code.push(inst) - 1;
    code.push(id);
    return id;
  }

  /** The value of a variable at the end of a block: possibly a phi whose inputs are filled in later. */
  #reaching(variable: Variable, from: Growing): ValueId {
    let it = from;
    let value = it.defs.get(variable);
    while (value === undefined) {
      const before: Growing | undefined = it.preds[0];
      if (!it.sealed || it.preds.length > 1) {
        value = this.#put(it.first, { op: 'phi', inputs: none }, this.#at, this.#at);
        (it.sealed ? this.#unfilled : it.waiting).push({ block: it, variable, phi: value });
      } else if (!before) {
        value = this.#put(it.first, { op: 'const', value: undefined }, this.#at, this.#at);
      } else {
        it = before;
        value = it.defs.get(variable);
      }
    }
    it.defs.set(variable, value);
    for (let through = from; through !== it; through = through.preds[0] as Growing)
      through.defs.set(variable, value);
    return value;
  }

  /** Sets the inputs of new phis. Uses a worklist, since recursion could overflow the stack at thousands of joins. */
  #fillPhis(): void {
    for (let next = this.#unfilled.pop(); next; next = this.#unfilled.pop()) {
      const { variable, phi } = next;
      const inputs = next.block.preds.map(
        (pred) => pred.defs.get(variable) ?? this.#reaching(variable, pred),
      );
      (this.#code[phi] as { inputs: readonly ValueId[] }).inputs = inputs;
    }
  }
}

interface Growing {
  readonly id: BlockId;
  /** Phis, and the constants of variables that were never written. */
  readonly first: ValueId[];
  readonly code: ValueId[];
  readonly preds: Growing[];
  end: Terminator | undefined;
  sealed: boolean;
  /** The current value of each variable at the end of the block. */
  readonly defs: Map<Variable, ValueId>;
  /** Phis of an unsealed block, whose predecessors are not all known. */
  readonly waiting: Unfilled[];
}

/** A phi whose inputs are not known yet. */
interface Unfilled {
  readonly block: Growing;
  readonly variable: Variable;
  readonly phi: ValueId;
}

const none: readonly ValueId[] = [];

/** The finished block. Its arrays are copied to exact size, to save memory. */
function blockOf({ first, code, preds, end }: Growing, by: Replaced | undefined): Block {
  if (by) replaceEnd(end as Terminator, by);
  const left = by ? first.filter((value) => by(value) === value) : first;
  return {
    code: left.length > 0 ? left.concat(code) : code.slice(),
    preds: preds.map(({ id }) => id),
    end: end as Terminator,
  };
}

/** Instructions that make no new value, or one that has a name already. */
const nameless: ReadonlySet<Inst['op']> = new Set([
  'param',
  'this',
  'phi',
  'effect',
  'store',
  'store-index',
  'cell-load',
  'func',
  'class',
  'import',
]);
