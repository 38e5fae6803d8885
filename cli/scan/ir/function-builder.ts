import { Aliases, type Change } from './aliases.ts';
import type { Block, BlockId, Func, Inst, Local, Operation, Param, Terminator, ValueId } from './ir.ts';
import { mergePartialCalls } from './merge-partial-calls.ts';
import { removeTrivialPhis } from './remove-trivial-phis.ts';

/** Any object that stands for a variable: a front end's own record of it. */
export type Variable = object;

/**
 * Writes one function in SSA form while its syntax tree is walked once.
 *
 * Reading a variable finds the value that reaches the place and puts in the phis that it needs, after
 * Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (CC 2013). A block
 * must be sealed once all of its predecessors are known: a loop's head only after its body.
 *
 *     const b = new FunctionBuilder({ name: 'f', ... });
 *     const x = b.emit({ op: 'param', index: 0 }, at, end);
 *     b.write(variableX, x);
 *     const [yes, join] = [b.block(), b.block()];
 *     b.branch(test, yes, join);
 *     b.start(yes); ...; b.jump(join);      // start() seals, unless told not to
 *     b.start(join);
 *     b.read(variableX)                     // a phi, if `yes` has written another value
 */
export class FunctionBuilder {
  readonly #code: Inst[] = [];
  readonly #blocks: Growing[] = [];
  readonly #unfilled: { readonly block: BlockId; readonly variable: Variable; readonly phi: ValueId }[] = [];
  readonly #info: Omit<Func, 'code' | 'blocks' | 'params'>;
  readonly #locals: Local[] = [];
  readonly #aliases = new Aliases(this);
  #current = 0;
  #at = 0;

  constructor(info: Omit<Func, 'code' | 'blocks' | 'params'>) {
    this.#info = info;
    this.#at = info.at;
    this.start(this.block());
  }

  /** A new block, not yet begun and not sealed. */
  block(): BlockId {
    this.#blocks.push({
      first: [],
      code: [],
      preds: [],
      end: undefined,
      sealed: false,
      defs: new Map(),
      waiting: [],
    });
    return this.#blocks.length - 1;
  }

  /** Goes on writing in `block`. `open` leaves it unsealed: more predecessors will come, then `seal` it. */
  start(block: BlockId, open?: 'open'): void {
    this.#current = block;
    if (!open) this.seal(block);
  }

  seal(block: BlockId): void {
    const it = this.#growing(block);
    if (it.sealed) return;
    it.sealed = true;
    for (const [variable, phi] of it.waiting) this.#unfilled.push({ block, variable, phi });
    it.waiting.length = 0;
    this.#fillPhis();
  }

  /** True once the block that is written in has ended: what is written now is never reached. */
  get ended(): boolean {
    return this.#growing(this.#current).end !== undefined;
  }

  /** The block that is written in. */
  get current(): BlockId {
    return this.#current;
  }

  emit(operation: Operation, at: number, end: number): ValueId {
    this.#at = at;
    this.#goOn();
    const value = this.#put(this.#growing(this.#current).code, operation, at, end);
    this.#aliases.note(value, operation);
    return value;
  }

  /** The instruction that made a value. */
  inst(value: ValueId): Inst {
    const inst = this.#code[value];
    if (!inst) throw new RangeError(`no value ${value}`);
    return inst;
  }

  write(variable: Variable, value: ValueId): void {
    this.#goOn();
    this.#growing(this.#current).defs.set(variable, value);
    this.#aliases.hold(variable, value);
  }

  /** An object was changed, by what it was before and is now: all else that holds it gets that too. */
  change(before: ValueId, after: ValueId, how: Change): void {
    this.#aliases.change(before, after, how);
  }

  /** A variable of the function has got this value, which was made for it. */
  name(value: ValueId, name: string): void {
    if (!nameless.has(this.inst(value).op)) this.#locals.push({ value, name });
  }

  /** The value that a variable has here; `undefined`, as a constant, where nothing was written to it. */
  read(variable: Variable): ValueId {
    this.#goOn();
    const value = this.#reaching(variable, this.#current);
    this.#fillPhis();
    this.#aliases.hold(variable, value);
    return value;
  }

  /** @param thrown what the handler is given that it goes to */
  jump(to: BlockId, thrown?: ValueId): void {
    if (this.#finish(thrown === undefined ? { kind: 'jump', to } : { kind: 'jump', to, thrown }))
      this.#growing(to).preds.push(this.#current);
  }

  branch(test: ValueId, then: BlockId, otherwise: BlockId): void {
    if (!this.#finish({ kind: 'branch', test, then, else: otherwise })) return;
    this.#growing(then).preds.push(this.#current);
    this.#growing(otherwise).preds.push(this.#current);
  }

  /** @param statement where it stands, if it is written */
  return(value: ValueId, statement?: { readonly at: number; readonly end: number }): void {
    this.#finish({ kind: 'return', value, ...statement });
  }

  throw(value: ValueId): void {
    this.#finish({ kind: 'throw', value });
  }

  /** The function as it was written. An open end returns `undefined`. */
  finish(params: readonly Param[]): Func {
    for (let id = 0; id < this.#blocks.length; id++) {
      if (this.#growing(id).end) continue;
      this.start(id);
      this.return(this.emit({ op: 'const', value: undefined }, this.#info.end, this.#info.end));
    }
    const blocks = this.#blocks.map(
      (block): Block => ({
        code: [...block.first, ...block.code],
        preds: block.preds,
        end: block.end as Terminator,
      }),
    );
    const code = this.#code;
    const locals = this.#locals.length > 0 ? { locals: this.#locals } : {};
    const left = removeTrivialPhis(code, blocks);
    mergePartialCalls(code);
    return { ...this.#info, ...locals, params, blocks: left, code };
  }

  #growing(block: BlockId): Growing {
    const it = this.#blocks[block];
    if (!it) throw new RangeError(`no block ${block}`);
    return it;
  }

  #finish(end: Terminator): boolean {
    const it = this.#growing(this.#current);
    if (it.end) return false;
    it.end = end;
    return true;
  }

  /** Code after the end of a block goes to a block of its own that nothing leads to. */
  #goOn(): void {
    if (this.ended) this.start(this.block());
  }

  #put(code: ValueId[], operation: Operation, at: number, end: number): ValueId {
    const inst = operation as Operation & { at: number; end: number };
    inst.at = at;
    inst.end = end;
    const id = this.#code.push(inst) - 1;
    code.push(id);
    return id;
  }

  /** The value of a variable at the end of a block. It may be a phi that is still to be filled. */
  #reaching(variable: Variable, from: BlockId): ValueId {
    const passed: Growing[] = [];
    let block = from;
    let it = this.#growing(block);
    let value = it.defs.get(variable);
    while (value === undefined) {
      passed.push(it);
      const [only, ...others] = it.preds;
      if (!it.sealed || others.length > 0) {
        value = this.#put(it.first, { op: 'phi', inputs: [] }, this.#at, this.#at);
        if (it.sealed) this.#unfilled.push({ block, variable, phi: value });
        else it.waiting.push([variable, value]);
      } else if (only === undefined) {
        value = this.#put(it.first, { op: 'const', value: undefined }, this.#at, this.#at);
      } else {
        block = only;
        it = this.#growing(block);
        value = it.defs.get(variable);
      }
    }
    for (const through of passed) through.defs.set(variable, value);
    return value;
  }

  /** One after the other instead of by recursion: a long function has thousands of joins behind each other. */
  #fillPhis(): void {
    for (let next = this.#unfilled.pop(); next; next = this.#unfilled.pop()) {
      const { block, variable, phi } = next;
      const inputs = this.#growing(block).preds.map((pred) => this.#reaching(variable, pred));
      const { at, end } = this.inst(phi);
      this.#code[phi] = { op: 'phi', inputs, at, end };
    }
  }
}

interface Growing {
  /** Phis, and the constants of variables that were never written. */
  readonly first: ValueId[];
  readonly code: ValueId[];
  readonly preds: BlockId[];
  end: Terminator | undefined;
  sealed: boolean;
  /** What each variable is at the end of the block, as far as it was written so far. */
  readonly defs: Map<Variable, ValueId>;
  /** Phis of an unsealed block, whose inputs are not known yet. */
  readonly waiting: [Variable, ValueId][];
}

/** What has a name by itself, or is no new value. */
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
